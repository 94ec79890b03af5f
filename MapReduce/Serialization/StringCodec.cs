using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace MapReduce.Serialization;

/// <summary>
/// Strings as UTF-8, ordered by its bytes: by code point, which is not the order of <see cref="StringComparer.Ordinal"/>
/// where surrogates are involved. Null and strings that are not valid UTF-16 are refused.
/// </summary>
public readonly struct StringCodec : ICodec<string>
{
    // A UTF-16 unit takes at most three bytes; a pair of surrogates takes four together.
    private const int BytesPerUnit = 3;

    /// <inheritdoc/>
    public static int FixedLength => -1;

    /// <inheritdoc/>
    /// <exception cref="OverflowException">The string could need more than 2 GiB.</exception>
    public static int MaxLength(string value)
    {
        Absent.ThrowIfNull(value);
        return checked(value.Length * BytesPerUnit);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The string holds a surrogate without its partner.</exception>
    public static int Encode(string value, Span<byte> destination)
    {
        Absent.ThrowIfNull(value);
        // Replaced by U+FFFD, as encoders do by default, different keys would silently become one.
        var status = Utf8.FromUtf16(value, destination, out var read, out var written, replaceInvalidSequences: false);
        if (status != OperationStatus.Done) ThrowNotEncoded(status, value, read);
        return written;
    }

    /// <inheritdoc/>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes)) Malformed.Throw(typeof(string), "they are not valid UTF-8");
        return Encoding.UTF8.GetString(bytes);
    }

    [DoesNotReturn]
    private static void ThrowNotEncoded(OperationStatus status, string value, int index) =>
        throw new ArgumentException(
            status == OperationStatus.InvalidData
                ? $"The string of {value.Length} characters cannot be a key or value: the surrogate U+{(int)value[index]:X4} at index {index} has no partner. Replace it, or use byte[] for text that is not valid Unicode."
                : $"The string of {value.Length} characters does not fit the destination: give it MaxLength bytes.",
            nameof(value));
}
