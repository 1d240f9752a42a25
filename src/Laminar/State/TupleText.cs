using System.ComponentModel;

namespace Laminar.State;

/// <summary>
/// Several values as one text, equal for equal values and for no others, so that <see cref="TextNumbers"/> can number combinations: a word is five
/// characters, a text is the word of its length and itself. The room is used again for each row.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TupleText
{
    /// <summary>Characters of 13 bits from here on are all below the surrogates, which UTF-8 couldn't hold alone.</summary>
    private const int First = ' ';

    private const int Bits = 13;
    private const int CharactersOfWord = 5;

    private char[] _characters = new char[64];
    private int _used;

    /// <summary>What was added since <see cref="Begin"/>; until it is called again.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(0, _used);

    /// <summary>Starts anew.</summary>
    public TupleText Begin()
    {
        _used = 0;
        return this;
    }

    /// <summary>Adds a value of one word.</summary>
    public TupleText Add(ulong word)
    {
        Reserve(CharactersOfWord);
        for (int i = 0; i < CharactersOfWord; i++)
        {
            _characters[_used++] = (char)(First + (int)(word & ((1 << Bits) - 1)));
            word >>= Bits;
        }

        return this;
    }

    /// <summary>Adds a value of two words.</summary>
    public TupleText Add((ulong Low, ulong High) words) => Add(words.Low).Add(words.High);

    /// <summary>Adds a text.</summary>
    public TupleText Add(string text)
    {
        Add((ulong)text.Length);
        Reserve(text.Length);
        text.CopyTo(_characters.AsSpan(_used));
        _used += text.Length;
        return this;
    }

    private void Reserve(int more)
    {
        if (_used + more > _characters.Length)
        {
            Array.Resize(ref _characters, Math.Max(_used + more, _characters.Length * 2));
        }
    }
}
