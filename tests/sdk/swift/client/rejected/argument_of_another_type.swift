import FullShopErrors

// error: cannot convert value of type 'String' to expected argument type 'Int64'
throw FullShopError.orderInvalidTooMany(count: "120", limit: 100)
