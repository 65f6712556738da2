import FullShopErrors

// error: 'cardGatewayBusy' is deprecated: renamed to 'gatewayUnavailable'
print(FullShopErrorCode.cardGatewayBusy)
