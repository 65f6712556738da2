import FullShopErrors

// error: 'orderGone()' is deprecated: retired since 1.5.0
throw FullShopError.orderGone()
