module.exports = {
  // moduleNameMapper
  // transformIgnorePatterns
};
