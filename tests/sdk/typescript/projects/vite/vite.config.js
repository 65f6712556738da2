/** Without what only a browser can run. */
export default {
  build: {
    modulePreload: false,
    rolldownOptions: { output: { entryFileNames: "assets/main.js" } },
  },
};
