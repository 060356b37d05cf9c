import Intents

/// Times as the `aws` command writes them: version 1 as seconds since 1970, version 2 in ISO 8601.
enum AWSTime {
    /// The day of a time as `YYYY-MM-DD`: of seconds in UTC, of ISO 8601 as written; `nil` where it is neither.
    static func day(_ value: Value) -> String? {
        switch value {
        case .number(let seconds): return day(secondsSince1970: seconds)
        case .text(let text):
            if let seconds = Double(text), seconds.isFinite, abs(seconds) < 1e12 {
                return day(secondsSince1970: Int(seconds.rounded(.down)))
            }
            let day = text.prefix(10)
            let isDay = day.utf8.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7 ? byte == 0x2D : (0x30...0x39).contains(byte)
            }
            return isDay && day.utf8.count == 10 ? String(day) : nil
        case .flag, .list, .record: return nil
        }
    }

    /// The civil day of a second, by counting in eras of 400 years that begin on 1 March.
    ///
    /// - Note: Source of the method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    private static func day(secondsSince1970 seconds: Int) -> String? {
        guard abs(seconds) < 1_000_000_000_000 else { return nil }
        let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
