export default {
  mode: "production",
  target: "node",
  entry: "./src/main.ts",
  output: { filename: "main.cjs", chunkFilename: "[name].cjs" },
  module: { rules: [{ test: /\.ts$/, use: "ts-loader" }] },
  resolve: {
    extensions: [".ts", ".js"],
    // extensionAlias
  },
  stats: "errors-warnings",
};
