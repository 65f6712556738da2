import ShopErrors

/// Reads the parameters of each message, with their types.
func closer(_ error: ShopError) -> String? {
  guard let arguments = error.arguments.orderClosed else { return nil }
  let user: String = arguments.user
  return user
}

func surplus(_ error: ShopError) -> Int64? {
  guard let arguments = error.arguments.tooManyItems else { return nil }
  let count: Int64 = arguments.count
  return count - 100
}

func surplusItem(_ error: ShopError) -> String? {
  guard let arguments = error.arguments.tooManyItems else { return nil }
  let item: String = arguments.item
  return item
}

func soldOutItem(_ error: ShopError) -> String? {
  error.arguments.itemSoldOut?.item.uppercased()
}

func limit(_ error: ShopError) -> Int64? {
  guard let arguments = error.arguments.cardDeclinedOverLimit else { return nil }
  let amount: Int64 = arguments.amount
  return amount / 100
}

func missingUser(_ error: ShopError) -> String? {
  error.arguments.userNotFound?.user.uppercased()
}

/// Reads it under the name that the error had before.
func formerlyMissingUser(_ error: ShopError) -> String? {
  error.arguments.noSuchUser?.user.uppercased()
}

/// Shows the parameters of one message, each in a function of its own.
func show(_ arguments: ShopErrorArguments.OrderClosedArguments) -> String {
  "\(arguments)"
}

func show(_ arguments: ShopErrorArguments.TooManyItemsArguments) -> String {
  "\(arguments)"
}

func show(_ arguments: ShopErrorArguments.ItemSoldOutArguments) -> String {
  "\(arguments)"
}

func show(_ arguments: ShopErrorArguments.CardDeclinedOverLimitArguments) -> String {
  "\(arguments)"
}

func show(_ arguments: ShopErrorArguments.UserNotFoundArguments) -> String {
  "\(arguments)"
}

func showFormer(_ arguments: ShopErrorArguments.NoSuchUserArguments) -> String {
  "\(arguments)"
}

/// Reads parameters of any message by name.
func countByName(_ error: ShopError) -> Int64? {
  error.parameters["count"]?.integerValue
}

func userByPattern(_ error: ShopError) -> String? {
  guard case .string(let user)? = error.parameters["user"] else { return nil }
  return user
}
