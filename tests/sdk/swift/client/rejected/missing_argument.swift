import PixnetErrors

// error: missing argument for parameter 'user' in call
throw PixnetError.userAlreadyExists()
