namespace ServiceDefaults.Tests.Otlp;

/// <summary>Reads one span.</summary>
internal static class SpanParser
{
    public static OtlpSpan Span(ReadOnlySpan<byte> message, string service, string source)
    {
        var span = new OtlpSpan(service, source, "", "", "", "", 0, 0, 0, 0, OtlpParser.Attributes(message, 9), Events(message), Links(message));
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            span = reader.Field switch
            {
                1 => span with { TraceId = reader.Hex },
                2 => span with { SpanId = reader.Hex },
                4 => span with { ParentId = reader.Hex },
                5 => span with { Name = reader.Text },
                6 => span with { Kind = (OtlpSpanKind)reader.Number },
                7 => span with { StartNanos = reader.Number },
                8 => span with { EndNanos = reader.Number },
                15 => span with { Status = Status(reader.Bytes) },
                _ => span,
            };
        }
        return span;
    }

    private static List<OtlpEvent> Events(ReadOnlySpan<byte> message)
    {
        var events = new List<OtlpEvent>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
            if (reader.Field == 11)
                events.Add(new OtlpEvent(OtlpParser.TextOf(reader.Bytes, 2), OtlpParser.Attributes(reader.Bytes, 3)));
        return events;
    }

    private static List<OtlpLink> Links(ReadOnlySpan<byte> message)
    {
        var links = new List<OtlpLink>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
            if (reader.Field == 13)
                links.Add(Link(reader.Bytes));
        return links;
    }

    private static OtlpLink Link(ReadOnlySpan<byte> message)
    {
        var link = new OtlpLink("", "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) link = link with { TraceId = reader.Hex };
            if (reader.Field == 2) link = link with { SpanId = reader.Hex };
        }
        return link;
    }

    private static OtlpStatus Status(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
            if (reader.Field == 3)
                return (OtlpStatus)reader.Number;
        return OtlpStatus.Unset;
    }
}
