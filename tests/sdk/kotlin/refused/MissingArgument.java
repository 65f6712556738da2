package refused;

import com.example.full.errors.FullShopMessages;

class MissingArgument {
    Object message = new FullShopMessages.OrderInvalidTooMany(120);
}
