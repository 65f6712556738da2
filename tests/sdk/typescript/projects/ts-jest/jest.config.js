module.exports = {
  preset: "ts-jest",
  // moduleNameMapper
};
