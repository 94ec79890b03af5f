using System.Globalization;
using System.Text.Json;

namespace MapReduce;

/// <summary>Turns the text of an option into a value of its type, and that into JSON and back.</summary>
internal sealed class OptionText
{
    private readonly Type _type;
    private readonly double _min, _max;

    /// <exception cref="NotSupportedException">The type cannot be an option's.</exception>
    public OptionText(Type type, long min, long max)
    {
        _type = Nullable.GetUnderlyingType(type) ?? type;
        if (!_type.IsEnum && Type.GetTypeCode(_type) is not (TypeCode.String or TypeCode.Boolean or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double))
            throw new NotSupportedException($"an option cannot be of type {type}: use string, bool, int, long, double or an enum, or any of them with '?'.");
        (_min, _max) = (Math.Max(min, Lowest), Math.Min(max, Highest));
        Accepts = Describe(min, max);
    }

    /// <summary>The values taken, in words.</summary>
    public string Accepts { get; }

    /// <summary>A value among those taken: near 1, or <c>1</c> itself as text, which many a job reads as a number.</summary>
    public object Example => _type.IsEnum ? Enum.GetValues(_type).GetValue(0)! : Type.GetTypeCode(_type) switch
    {
        TypeCode.String => "1",
        TypeCode.Boolean => false,
        TypeCode.Int32 => (int)Math.Clamp(1, _min, _max),
        TypeCode.Int64 => (long)Math.Clamp(1, _min, _max),
        _ => Math.Clamp(1, _min, _max),
    };

    private double Lowest => Type.GetTypeCode(_type) switch { TypeCode.Int32 => int.MinValue, TypeCode.Int64 => long.MinValue, _ => double.NegativeInfinity };

    private double Highest => Type.GetTypeCode(_type) switch { TypeCode.Int32 => int.MaxValue, TypeCode.Int64 => long.MaxValue, _ => double.PositiveInfinity };

    /// <summary>Reads what a person wrote.</summary>
    /// <returns>False when the text is not among <see cref="Accepts"/>.</returns>
    public bool TryParse(string text, out object? value)
    {
        value = _type.IsEnum ? ParseEnum(text) : Type.GetTypeCode(_type) switch
        {
            TypeCode.String => text,
            TypeCode.Boolean => bool.TryParse(text, out var flag) ? flag : null,
            TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && InRange(number) ? number : null,
            TypeCode.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && InRange(number) ? number : null,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && InRange(number) ? number : null,
        };
        return value is not null;
    }

    /// <summary>Reads what <see cref="Write"/> wrote, with the same limits as a person's text.</summary>
    public bool TryRead(JsonElement json, out object? value)
    {
        value = null;
        var expected = Type.GetTypeCode(_type) switch
        {
            _ when _type.IsEnum => json.ValueKind is JsonValueKind.String,
            TypeCode.String => json.ValueKind is JsonValueKind.String,
            TypeCode.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => json.ValueKind is JsonValueKind.Number,
        };
        // A JSON string is unescaped by ToString, a number stays as it is written: both then read as a person's text does.
        return expected && TryParse(json.ToString(), out value);
    }

    /// <summary>Writes a value of this type under its option's name.</summary>
    public static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case double number: json.WriteNumber(name, number); break;
            default: json.WriteString(name, Format(value)); break;
        }
    }

    /// <summary>A value as one would write it.</summary>
    public static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    private bool InRange(double number) => double.IsFinite(number) && number >= _min && number <= _max;

    // Enum.Parse would also take numbers and lists of names.
    private object? ParseEnum(string text) =>
        Enum.GetNames(_type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse(_type, found) : null;

    private string Describe(long min, long max)
    {
        if (_type.IsEnum) return string.Join(" or ", Enum.GetNames(_type).Select(JsonNamingPolicy.CamelCase.ConvertName));
        var range = (min > long.MinValue, max < long.MaxValue) switch
        {
            (true, true) => $" from {min:N0} to {max:N0}",
            (true, false) => $" of {min:N0} or more",
            (false, true) => $" of {max:N0} or less",
            _ => "",
        };
        return Type.GetTypeCode(_type) switch
        {
            TypeCode.String => "any text",
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 or TypeCode.Int64 => "a whole number" + range,
            _ => "a number" + range,
        };
    }
}
