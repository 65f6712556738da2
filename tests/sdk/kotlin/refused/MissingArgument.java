package refused;

import fullShop.errors.FullShopMessages;

class MissingArgument {
    Object message = new FullShopMessages.OrderInvalidTooMany(120);
}
