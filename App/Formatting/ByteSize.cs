using System.Globalization;

namespace MapReduce.App.Formatting;

/// <summary>Sizes as people write them: <c>64MiB</c> is 2^20 times 64, <c>64MB</c> 10^6 times.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Reads a size; a bare number is bytes, K, M, G, T alone are the binary units.</summary>
    /// <returns>False when the text is no size or one above 2^63-1 bytes.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().Trim();
        var end = digits.LastIndexOfAnyInRange('0', '9') + 1;
        if (!TryFactor(digits[end..].Trim().ToString(), out var factor)) return false;
        if (!decimal.TryParse(digits[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        if (number > long.MaxValue / factor) return false;
        bytes = (long)(number * factor);
        return true;
    }

    /// <summary>Three digits and a binary unit: <c>1.25 GiB</c>.</summary>
    public static string Format(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++) bytes /= 1024;
        return unit == 0 ? $"{bytes:0} B" : $"{(bytes < 10 ? bytes.ToString("0.00") : bytes < 100 ? bytes.ToString("0.0") : bytes.ToString("0"))} {Units[unit]}";
    }

    private static bool TryFactor(string unit, out decimal factor)
    {
        var power = unit.Length == 0 ? 0 : "BKMGTP".IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal);
        var isDecimal = power > 0 && unit.Length == 2 && unit[1] is 'B' or 'b';
        factor = 1;
        for (var i = 0; i < power; i++) factor *= isDecimal ? 1000 : 1024;
        return power == 0 ? unit.Length <= 1 : power > 0 && (unit.Length == 1 || isDecimal || unit[1..].Equals("iB", StringComparison.OrdinalIgnoreCase));
    }
}
