package client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.full.errors.FullShopErrorCode;
import com.example.full.errors.FullShopException;
import com.example.full.errors.FullShopMessages;
import com.example.full.errors.FullShopPaymentCardException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import pixnet.errors.PixnetErrorCategory;
import pixnet.errors.PixnetErrorCode;
import pixnet.errors.PixnetErrorGroup;
import pixnet.errors.PixnetErrorMessage;
import pixnet.errors.PixnetException;
import pixnet.errors.PixnetInputException;
import pixnet.errors.PixnetInputStateConflictException;
import pixnet.errors.PixnetMessages;
import pixnet.errors.PixnetParameterType;
import pixnet.errors.PixnetRetry;

/** The core of the contract from Java, in the Java of Android and of old servers. */
class JavaClientTest {
    private static final String BODY = "{\"error\":1,\"code\":\"4200\",\"message\":\"User emma exists\"}";

    @Test
    void aGroupAndItsCategoryAreCaught() {
        try {
            throw PixnetException.fromResponse(400, BODY);
        } catch (PixnetInputStateConflictException exception) {
            assertEquals("4200: User emma exists", exception.getMessage());
            assertEquals(400, exception.getHttpStatus());
            assertSame(PixnetErrorCode.USER_ALREADY_EXISTS, exception.getCode());
            assertSame(PixnetErrorGroup.INPUT_STATE_CONFLICT, exception.getGroup());
            assertSame(PixnetErrorCategory.INPUT, exception.getCategory());
            assertEquals("emma", exception.parameters().get("user"));
            assertEquals("User emma exists", exception.rawMessage());
            assertEquals(BODY, exception.rawBody());
            assertNull(exception.getRetryAfterSeconds());
        }
        assertThrows(PixnetInputException.class, () -> { throw PixnetException.fromResponse(400, BODY); });
    }

    @Test
    void codesAreConstants() {
        PixnetErrorCode code = PixnetErrorCode.USER_ALREADY_EXISTS;
        assertSame(code, PixnetErrorCode.fromCode(4200));
        assertSame(code, PixnetErrorCode.fromCode("4200"));
        assertSame(code, PixnetErrorCode.fromId("user_already_exists"));
        assertTrue(PixnetErrorCode.getAll().contains(code));
        assertEquals(PixnetErrorCode.fromCode("X1"), PixnetErrorCode.fromCode("X1"));
        assertEquals(Long.valueOf(4200), code.getNumber());
        assertEquals(Integer.valueOf(400), code.getHttpStatus());
        assertEquals("User {user} exists", code.getMessageTemplate());
        List<PixnetErrorMessage> messages = code.getMessages();
        assertEquals(Collections.singletonMap("user", PixnetParameterType.STRING), messages.get(0).getParameters());
        assertTrue(PixnetErrorCategory.getAll().contains(PixnetErrorCategory.INPUT));
        assertTrue(PixnetErrorCategory.INPUT.groups().contains(PixnetErrorGroup.INPUT_STATE_CONFLICT));
    }

    @Test
    void argumentsMayBeLeftOut() {
        byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
        assertSame(PixnetErrorCode.USER_ALREADY_EXISTS, PixnetException.fromResponse(400, bytes).getCode());
        PixnetException retried = PixnetException.fromResponse(503, bytes, Collections.singletonMap("Retry-After", "5"));
        assertEquals(Integer.valueOf(5), retried.getRetryAfterSeconds());
        IOException cause = new IOException();
        assertSame(cause, PixnetException.fromResponse(503, "", Collections.emptyMap(), cause).getCause());
        assertSame(PixnetRetry.TRANSIENT, PixnetException.of(503, null).getRetry());
        assertEquals("HTTP 503: Busy", PixnetException.of(503, null, "Busy").getMessage());
    }

    @Test
    void messagesAreBuilt() {
        PixnetMessages.UserAlreadyExists message = new PixnetMessages.UserAlreadyExists("emma");
        assertEquals("User emma exists", message.getText());
        assertEquals("User emma exists", message.rawText());
        assertSame(PixnetErrorCode.USER_ALREADY_EXISTS, message.getCode());
        assertEquals("使用者 emma 已經存在，無法重複加入", message.description(Locale.TAIWAN));
        PixnetMessages.UserAlreadyExists found = PixnetMessages.UserAlreadyExists.from(PixnetException.fromResponse(400, BODY));
        assertEquals(message, found);
        assertEquals("emma", found.getUser());
        FullShopMessages.OrderInvalidTooMany items = new FullShopMessages.OrderInvalidTooMany(120, 100);
        assertEquals("The order has 120 items, the limit is 100", items.getText());
    }

    @Test
    void textsAreLocalised() {
        PixnetException exception = PixnetException.fromResponse(400, BODY);
        assertEquals("使用者 emma 已經存在，無法重複加入", exception.description("zh-TW"));
        assertEquals("User emma already exists and cannot be added again.", exception.description(Locale.UK));
        assertEquals(exception.description(Locale.getDefault()), exception.description());
        assertEquals("Input", PixnetErrorCategory.INPUT.title("en"));
    }

    @Test
    void stringCodesAndSensitiveParameters() {
        String body = "{\"error\":{\"code\":\"card_declined\",\"detail\":[{\"text\":\"Card ending in 4242 was declined: stolen\"}]}}";
        FullShopException exception = assertThrows(FullShopPaymentCardException.class, () -> { throw FullShopException.fromResponse(402, body); });
        assertSame(FullShopErrorCode.CARD_DECLINED, exception.getCode());
        assertEquals("card_declined: Card ending in ••• was declined: stolen", exception.getMessage());
    }

    @Test
    void noMethodHasANameThatOnlyKotlinCanWrite() {
        List<Class<?>> classes = Arrays.asList(
            PixnetErrorMessage.class, PixnetParameterType.class, PixnetErrorCategory.class, PixnetErrorCode.class, PixnetErrorCode.Companion.class,
            PixnetErrorGroup.class, PixnetException.class, PixnetException.Companion.class, PixnetMessages.UserAlreadyExists.class,
            FullShopErrorCode.class, FullShopException.class, FullShopMessages.CardDeclined.class
        );
        for (Class<?> type : classes) {
            for (Method method : type.getMethods()) {
                assertTrue(method.isSynthetic() || method.getName().matches("\\w+"), method::toString);
            }
        }
    }

    @Test
    void anExceptionIsSerialised() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(PixnetException.fromResponse(400, BODY));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertSame(PixnetErrorCode.USER_ALREADY_EXISTS, ((PixnetInputStateConflictException) in.readObject()).getCode());
        }
    }
}
