package refused

import pixnet.errors.PixnetMessages

val message = PixnetMessages.UserAlreadyExists()
