namespace ServiceDefaults.Tests.Otlp;

/// <summary>Turns the bodies of the three OTLP requests into records. Field numbers are those of the protocol's definition.</summary>
internal static class OtlpParser
{
    public static List<OtlpSpan> Spans(ReadOnlySpan<byte> body) => Scoped(body, SpanParser.Span);

    public static List<OtlpLog> Logs(ReadOnlySpan<byte> body) => Scoped(body, Log);

    public static List<OtlpMetric> Metrics(ReadOnlySpan<byte> body) => Scoped(body, Metric);

    // The three requests have the same frame: resource -> scope -> item.
    private static List<T> Scoped<T>(ReadOnlySpan<byte> body, Parse<T> parse)
    {
        var items = new List<T>();
        var request = new ProtobufReader(body);
        while (request.Next())
        {
            var service = "";
            var resource = new ProtobufReader(request.Bytes);
            while (resource.Next())
            {
                if (resource.Field == 1) service = Attributes(resource.Bytes, 1).GetValueOrDefault("service.name", "");
                if (resource.Field == 2) Scope(resource.Bytes, service, parse, items);
            }
        }
        return items;
    }

    private static void Scope<T>(ReadOnlySpan<byte> message, string service, Parse<T> parse, List<T> items)
    {
        var name = "";
        var scope = new ProtobufReader(message);
        while (scope.Next())
        {
            if (scope.Field == 1) name = TextOf(scope.Bytes, 1);
            if (scope.Field == 2) items.Add(parse(scope.Bytes, service, name));
        }
    }

    private static OtlpLog Log(ReadOnlySpan<byte> message, string service, string category)
    {
        var (severity, body, trace, span) = ("", "", "", "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 3) severity = reader.Text;
            if (reader.Field == 5) body = Value(reader.Bytes);
            if (reader.Field == 9) trace = reader.Hex;
            if (reader.Field == 10) span = reader.Hex;
        }
        return new OtlpLog(service, category, severity, body, trace, span, Attributes(message, 6));
    }

    private static OtlpMetric Metric(ReadOnlySpan<byte> message, string service, string meter) =>
        new(service, meter, TextOf(message, 1), TextOf(message, 3));

    /// <summary>The key-value pairs that <paramref name="message"/> holds in field <paramref name="field"/>.</summary>
    public static Dictionary<string, string> Attributes(ReadOnlySpan<byte> message, int field)
    {
        var attributes = new Dictionary<string, string>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != field) continue;
            var (key, value) = ("", "");
            var pair = new ProtobufReader(reader.Bytes);
            while (pair.Next())
            {
                if (pair.Field == 1) key = pair.Text;
                if (pair.Field == 2) value = Value(pair.Bytes);
            }
            attributes[key] = value;
        }
        return attributes;
    }

    public static string TextOf(ReadOnlySpan<byte> message, int field)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
            if (reader.Field == field)
                return reader.Text;
        return "";
    }

    private static string Value(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        if (!reader.Next()) return "";
        return reader.Field switch
        {
            1 => reader.Text,
            2 => reader.Number != 0 ? "true" : "false",
            3 => ((long)reader.Number).ToString(),
            4 => BitConverter.UInt64BitsToDouble(reader.Number).ToString(),
            _ => Convert.ToHexStringLower(reader.Bytes),
        };
    }

    private delegate T Parse<T>(ReadOnlySpan<byte> message, string service, string scope);
}
