package client;

import shop.errors.ShopAccountException;
import shop.errors.ShopErrorCase;
import shop.errors.ShopErrorCategory;
import shop.errors.ShopErrorCode;
import shop.errors.ShopErrorGroup;
import shop.errors.ShopErrorSeverity;
import shop.errors.ShopException;
import shop.errors.ShopMessages;
import shop.errors.ShopOrderCartException;

/** What a program in Java does in another way than one in Kotlin. Its classes are like those of `Client.kt`. */
class JavaClient {
    static ShopException respond(int code, String message) {
        return ShopException.fromResponse(400, "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}");
    }

    static class Constants {
        static boolean code() {
            return respond(2001, "").getCode() == ShopErrorCode.LOGIN_FAILED;
        }

        static boolean category() {
            return respond(2001, "").getCategory() == ShopErrorCategory.ACCOUNT;
        }

        static boolean group() {
            return respond(1101, "").getGroup() == ShopErrorGroup.ORDER_CART;
        }

        static boolean kase() {
            return respond(1200, "The card has expired").getCase() == ShopErrorCase.CARD_DECLINED_EXPIRED;
        }
    }

    static class LoginFailed {
        static ShopException raise() {
            return ShopMessages.LoginFailed().toException(new IllegalStateException("no session"));
        }
    }

    static class Fields {
        static ShopException region() {
            return respond(2000, "").withRegion("eu");
        }
    }

    static class Catches {
        static String category() {
            try {
                throw respond(2001, "");
            } catch (ShopAccountException exception) {
                return exception.getMessage();
            } catch (ShopException exception) {
                return exception.getText();
            }
        }

        static String group() {
            try {
                throw respond(1101, "");
            } catch (ShopOrderCartException exception) {
                return exception.getMessage();
            } catch (ShopException exception) {
                return exception.getText();
            }
        }

        static Runnable throwIt() {
            return () -> {
                throw respond(2001, "");
            };
        }
    }

    static class OrderClosed {
        static String build() {
            return new ShopMessages.OrderClosed("emma").rawUser();
        }

        static ShopException raise() {
            return new ShopMessages.OrderClosed("emma").toException(null, 30);
        }

        static String read() {
            ShopMessages.OrderClosed message = ShopMessages.OrderClosed.from(respond(1000, "The order was closed by emma"));
            return message == null ? null : message.rawUser();
        }
    }

    static class TooManyItems {
        static String build() {
            return new ShopMessages.TooManyItems(120, "pens").getText();
        }

        static Long read() {
            ShopMessages.TooManyItems message = ShopMessages.TooManyItems.from(respond(1100, "120 of pens are too many"));
            return message == null ? null : message.getCount();
        }
    }

    static class UserNotFound {
        static String build() {
            return new ShopMessages.UserNotFound("emma").getUser();
        }

        static String buildByOldName() {
            return ShopMessages.INSTANCE.NoSuchUser("emma").getText();
        }
    }

    static class Values {
        static String requestId() {
            return respond(2000, "").getRequestId();
        }

        static String owner() {
            return respond(1200, "").getOwner();
        }

        static int severity() {
            ShopErrorSeverity severity = respond(1200, "").getSeverity();
            if (severity == null) return 0;
            switch (severity) {
                case INFO:
                    return 1;
                case WARNING:
                    return 2;
                default:
                    return 3;
            }
        }
    }
}
