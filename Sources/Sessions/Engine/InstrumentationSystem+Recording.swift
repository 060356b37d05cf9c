package import Tracing

extension InstrumentationSystem {
    /// Whether somebody records spans.
    ///
    /// Where nobody does, making them would cost as much as a small answer. To be asked once and kept: who records is decided once in a process, before anything is traced.
    package static var isRecording: Bool { !(tracer is NoOpTracer) }
}
