namespace ServiceDefaults.Tests.Otlp;

/// <summary>A finished span. Ids are lower-case hex; <see cref="ParentId"/> is empty for the root. Times are nanoseconds since 1970.</summary>
internal sealed record OtlpSpan(
    string Service,
    string Source,
    string Name,
    string TraceId,
    string SpanId,
    string ParentId,
    OtlpSpanKind Kind,
    ulong StartNanos,
    ulong EndNanos,
    OtlpStatus Status,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<OtlpEvent> Events,
    IReadOnlyList<OtlpLink> Links);

/// <summary>Something that happened during a span.</summary>
internal sealed record OtlpEvent(string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A span that another one points to without being its child.</summary>
internal sealed record OtlpLink(string TraceId, string SpanId);

/// <summary>A log record. The ids are empty outside of a span.</summary>
internal sealed record OtlpLog(string Service, string Category, string Severity, string Body, string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>That a metric was exported; its points are not read.</summary>
internal sealed record OtlpMetric(string Service, string Meter, string Name, string Unit);

/// <summary>Numbers as in OTLP.</summary>
internal enum OtlpSpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

/// <summary>Numbers as in OTLP.</summary>
internal enum OtlpStatus
{
    Unset,
    Ok,
    Error,
}
