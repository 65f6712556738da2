
console.log(await answer());
