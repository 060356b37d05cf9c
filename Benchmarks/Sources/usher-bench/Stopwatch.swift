import CAllocations
import Foundation

/// The times of many runs of something, in nanoseconds of processor time.
///
/// Processor time of this thread, not the clock on the wall: what other programs do on the machine is not in it.
struct Timings {
    private var samples: [Double] = []

    mutating func add(_ nanoseconds: Double) { samples.append(nanoseconds) }

    var mean: Double { samples.isEmpty ? 0 : samples.reduce(0, +) / Double(samples.count) }

    /// The sample that this share of all lies at or below.
    func percentile(_ share: Double) -> Double {
        guard !samples.isEmpty else { return 0 }
        let sorted = samples.sorted()
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}

/// Runs something for each element, again and again; a sample is the mean of a batch of runs, since asking for the
/// processor time costs about as much as a microsecond itself.
func measure<Element>(
    _ elements: [Element],
    rounds: Int,
    batch: Int = 20,
    _ body: (Element) -> Void
) -> Timings {
    func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
    for element in elements { body(element) }
    var timings = Timings()
    for _ in 0..<rounds {
        for element in elements {
            let before = processorTime()
            for _ in 0..<batch { body(element) }
            timings.add((processorTime() - before) / Double(batch))
        }
    }
    return timings
}

/// How often memory is asked for, by each element.
func allocations<Element>(_ elements: [Element], _ body: (Element) -> Void) -> [Int] {
    for element in elements { body(element) }
    return elements.map { element in
        let before = allocation_count()
        body(element)
        return Int(allocation_count() - before)
    }
}

/// Keeps a value from being optimised away.
@inline(never)
func keep<Value>(_ value: borrowing Value) {}

func row(_ cells: String...) {
    let widths = [30, 10, 10, 10, 10, 12]
    print(
        zip(cells, widths).enumerated().map { index, cell in
            let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + padding : padding + cell.0
        }.joined(separator: " ")
    )
}

/// Nanoseconds as microseconds.
func micro(_ nanoseconds: Double) -> String { String(format: "%.2f", nanoseconds / 1e3) }

/// Nanoseconds as milliseconds.
func milli(_ nanoseconds: Double) -> String { String(format: "%.2f", nanoseconds / 1e6) }
