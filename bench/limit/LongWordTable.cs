using System.Runtime.InteropServices;

namespace Limit;

/// <summary>A word of more than 16 bytes, which lies in the arena, and its count.</summary>
internal struct LongWord
{
    public ulong Hash;
    public int Offset, Length;
    public ulong Count;
}

/// <summary>Counts the words that are too long for a slot: few, so nothing here is tuned.</summary>
internal sealed class LongWordTable
{
    private LongWord[] _words = new LongWord[1 << 14];
    private byte[] _arena = new byte[1 << 16];

    public int Count { get; private set; }

    public int ArenaUsed { get; private set; }

    public ReadOnlySpan<LongWord> Words => _words;

    public ReadOnlySpan<byte> Text(in LongWord word) => _arena.AsSpan(word.Offset, word.Length);

    public void Add(ReadOnlySpan<byte> text, ulong count)
    {
        ulong hash = Hash(text);
        int mask = _words.Length - 1;
        for (int k = (int)(hash >> 8) & mask; ; k = (k + 1) & mask)
        {
            ref LongWord word = ref _words[k];
            if (word.Hash == hash && text.SequenceEqual(Text(word)))
            {
                word.Count += count;
                return;
            }

            if (word.Count != 0) continue;
            word = new LongWord { Hash = hash, Offset = Store(text), Length = text.Length, Count = count };
            if (++Count * 2 > mask) Grow();
            return;
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong h = 0;
        for (int i = 0; i + 8 <= text.Length; i += 8)
        {
            h = (h ^ MemoryMarshal.Read<ulong>(text[i..])) * 0x9E3779B97F4A7C15UL;
            h ^= h >> 32;
        }

        h = (h ^ MemoryMarshal.Read<ulong>(text[^8..])) * 0xD6E8FEB86659FD93UL;
        return (h ^ (h >> 32)) | 1; // never 0, which an empty entry has
    }

    private int Store(ReadOnlySpan<byte> text)
    {
        int offset = ArenaUsed;
        if (offset + text.Length > _arena.Length) Array.Resize(ref _arena, _arena.Length * 2);
        text.CopyTo(_arena.AsSpan(offset));
        ArenaUsed += text.Length;
        return offset;
    }

    private void Grow()
    {
        var bigger = new LongWord[_words.Length * 2];
        int mask = bigger.Length - 1;
        foreach (var word in _words)
        {
            if (word.Count == 0) continue;
            int k = (int)(word.Hash >> 8) & mask;
            while (bigger[k].Count != 0) k = (k + 1) & mask;
            bigger[k] = word;
        }

        _words = bigger;
    }
}
