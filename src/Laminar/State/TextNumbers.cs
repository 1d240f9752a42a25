using System.ComponentModel;

namespace Laminar.State;

/// <summary>
/// Numbers for texts while any set holds them, so that a <see cref="DistinctSet"/> of texts stays flat. Texts that no set holds any longer are kept for
/// a while, at most half as many as all others and a thousand: the next window has them again. Saved as text.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextNumbers : IGroupStore
{
    private const int MostSpare = 1000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = new();
    private string?[] _texts = new string?[64];
    private int[] _users = new int[64];
    private int _used;
    private int _unused;
    private long _characters;

    /// <summary>Texts that have a number.</summary>
    public int Count => _numbers.Count - _unused;

    /// <summary>Bytes held, roughly.</summary>
    public long Bytes => (_characters * sizeof(char)) + (_texts.Length * (sizeof(int) + (long)IntPtr.Size)) + (_numbers.Count * 64L);

    /// <summary>The text behind a number in use.</summary>
    public string this[int number] => _texts[number]!;

    /// <summary>As <see cref="Of(string)"/>, of a text that is only made when it is new.</summary>
    public ulong Of(ReadOnlySpan<char> text) =>
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int number) ? (ulong)number : Of(text.ToString());

    /// <summary>The number of a text, given now if it has none. It has no user yet: <see cref="Share"/> it when a set took it.</summary>
    public ulong Of(string text)
    {
        if (_numbers.TryGetValue(text, out int number))
        {
            return (ulong)number;
        }

        if (!_free.TryPop(out number))
        {
            number = _used++;
            if (number == _texts.Length)
            {
                Array.Resize(ref _texts, number * 2);
                Array.Resize(ref _users, number * 2);
            }
        }

        _texts[number] = text;
        _users[number] = 0;
        _numbers.Add(text, number);
        _characters += text.Length;
        _unused++;
        return (ulong)number;
    }

    /// <summary>One more set holds the text.</summary>
    public void Share(int number)
    {
        if (_users[number]++ == 0)
        {
            _unused--;
        }
    }

    /// <summary>One set fewer does.</summary>
    public void Release(int number)
    {
        if (--_users[number] == 0)
        {
            _unused++;
            if (_unused > MostSpare + (_numbers.Count / 3))
            {
                Forget();
            }
        }
    }

    public void Save(StateWriter state)
    {
        state.Write(_used);
        for (int i = 0; i < _used; i++)
        {
            state.Write(_users[i] == 0 ? null : _texts[i]);
            state.Write(_users[i]);
        }
    }

    /// <summary>Into fresh numbers.</summary>
    public void Load(StateReader state)
    {
        _used = state.ReadCount(2 * sizeof(int));
        _texts = new string?[Math.Max(64, _used)];
        _users = new int[_texts.Length];
        for (int i = 0; i < _used; i++)
        {
            _texts[i] = state.ReadText();
            _users[i] = state.Read<int>();
            if (_texts[i] is not { } text)
            {
                _free.Push(i);
            }
            else if (!_numbers.TryAdd(text, i))
            {
                throw state.Damaged();
            }
            else
            {
                _characters += text.Length;
            }
        }
    }

    /// <summary>Forgets the texts that nothing holds.</summary>
    private void Forget()
    {
        for (int number = 0; number < _used; number++)
        {
            if (_users[number] == 0 && _texts[number] is { } text)
            {
                _numbers.Remove(text);
                _characters -= text.Length;
                _texts[number] = null;
                _free.Push(number);
            }
        }

        _unused = 0;
    }
}
