using System.ComponentModel;
using Laminar.Functions;

namespace Laminar.State;

/// <summary>
/// Values held by reference that belong to panes (the least text so far): a pane keeps the number of its cell, 0 for none. Freed cells are
/// reused. Saved as bytes.
/// </summary>
/// <typeparam name="T"><see cref="string"/>, <c>byte[]</c>, or what a nested value is held as: <c>object?[]</c> or <see cref="SqlMap"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReferenceCells<T> : IGroupStore
    where T : class
{
    private T?[] _values = new T?[16];
    private int[] _free = new int[16];
    private int _freeCount;
    private int _used = 1;
    private long _held;

    /// <summary>Cells in use.</summary>
    public int Count => _used - 1 - _freeCount;

    /// <summary>Bytes held, roughly; what a value takes that others hold too is counted here as well.</summary>
    public long Bytes => _held + (_values.Length * (long)IntPtr.Size) + (_free.Length * (long)sizeof(int));

    /// <summary>The value in a cell; null for cell 0.</summary>
    public T? this[int cell] => _values[cell];

    /// <summary>Puts a value into a pane's cell, giving it one first if it has none.</summary>
    public void Set(ref int cell, T? value)
    {
        if (cell == 0)
        {
            cell = Take();
        }

        _held += SizeOf(value) - SizeOf(_values[cell]);
        _values[cell] = value;
    }

    /// <summary>Gives a pane's cell back.</summary>
    public void Free(ref int cell)
    {
        if (cell == 0)
        {
            return;
        }

        _held -= SizeOf(_values[cell]);
        _values[cell] = null;
        if (_freeCount == _free.Length)
        {
            Array.Resize(ref _free, _free.Length * 2);
        }

        _free[_freeCount++] = cell;
        cell = 0;
    }

    public void Save(StateWriter state)
    {
        state.Write(_used);
        for (int cell = 1; cell < _used; cell++)
        {
            T? value = _values[cell];
            state.Write((byte)(value is null ? 0 : 1));
            switch (value)
            {
                case string text:
                    state.Write(text);
                    break;
                case byte[] bytes:
                    state.Write((ReadOnlySpan<byte>)bytes);
                    break;
                case { } nested:
                    state.Write(NestedText.Exact(nested));
                    break;
            }
        }

        state.Write(_freeCount);
        for (int i = 0; i < _freeCount; i++)
        {
            state.Write(_free[i]);
        }
    }

    /// <summary>Into fresh cells.</summary>
    public void Load(StateReader state)
    {
        _used = state.ReadCount();
        if (_used < 1)
        {
            throw state.Damaged();
        }

        _values = new T?[Math.Max(16, _used)];
        for (int cell = 1; cell < _used; cell++)
        {
            if (state.Read<byte>() != 0)
            {
                _values[cell] = Read(state);
                _held += SizeOf(_values[cell]);
            }
        }

        _freeCount = state.ReadCount(sizeof(int));
        _free = new int[Math.Max(16, _freeCount)];
        for (int i = 0; i < _freeCount; i++)
        {
            int cell = state.Read<int>();
            _free[i] = cell > 0 && cell < _used ? cell : throw state.Damaged();
        }
    }

    private static long SizeOf(T? value) => NestedText.SizeOf(value);

    private static T? Read(StateReader state)
    {
        if (typeof(T) == typeof(byte[]))
        {
            return (T)(object)state.ReadBytes().ToArray();
        }

        string text = state.ReadText() ?? throw state.Damaged();
        try
        {
            return typeof(T) == typeof(string) ? (T)(object)text : NestedText.Read(text) as T ?? throw state.Damaged();
        }
        catch (LaminarException error) when (error is not SnapshotException)
        {
            throw state.Damaged();
        }
    }

    private int Take()
    {
        if (_freeCount > 0)
        {
            return _free[--_freeCount];
        }

        if (_used == _values.Length)
        {
            Array.Resize(ref _values, _values.Length * 2);
        }

        return _used++;
    }
}
