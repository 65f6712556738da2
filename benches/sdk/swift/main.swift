// Times a module against what Swift and Foundation have themselves, in turns within one run. `Subject` is its error type.

import Foundation

/// The median times in nanoseconds of one run of each.
func medians(runs: Int, _ one: () -> Void, _ other: () -> Void) -> (Double, Double) {
  func time(_ work: () -> Void) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    work()
    return Double(DispatchTime.now().uptimeNanoseconds - start)
  }
  one()
  other()
  let times = (0..<runs).map { _ in (time(one), time(other)) }
  func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
  return (median(times.map(\.0)), median(times.map(\.1)))
}

func digits(_ value: Double) -> String {
  String(format: value < 10 ? "%.1f" : "%.0f", value)
}

/// What has been computed, so that none of it is optimised away.
nonisolated(unsafe) var sink = 0

let codes = SubjectCode.knownCodes.map(\.rawValue).shuffled()
let statuses = Dictionary(
  uniqueKeysWithValues: SubjectCode.knownCodes.map { ($0.rawValue, $0.httpStatus ?? 0) }
)
let (lookUp, dictionary) = medians(
  runs: 201,
  { for code in codes { sink &+= SubjectCode(rawValue: code).httpStatus ?? 0 } },
  { for code in codes { sink &+= statuses[code] ?? 0 } }
)
let each = digits(lookUp / Double(codes.count))
print("look-up by code\t\(digits(lookUp / dictionary)) × (\(each) ns)")

let code = codes.sorted()[codes.count / 2]
let body = Data(#"{"error":1,"code":"\#(code)","message":"User emma exists"}"#.utf8)
let (parse, json) = medians(
  runs: 201,
  { for _ in 0..<200 { sink &+= Subject(status: 400, body: body).status } },
  {
    for _ in 0..<200 {
      sink &+= ((try? JSONSerialization.jsonObject(with: body)) as? [String: Any])?.count ?? 0
    }
  }
)
print("parse a response\t\(digits(parse / json)) ×")
