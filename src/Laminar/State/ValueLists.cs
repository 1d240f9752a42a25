using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>The values of many lists (one per group and pane), each a chain of chunks that double in size up to 64 KiB.</summary>
/// <typeparam name="T">A value, or a row of what is kept of several.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ValueLists<T> : IGroupStore, IDisposable
    where T : unmanaged
{
    private readonly SlabChunks _chunks = new();
    private T[] _gathered = new T[16];

    /// <summary>Bytes held.</summary>
    public long Bytes => _chunks.Bytes + ((long)_gathered.Length * sizeof(T));

    /// <summary>Values ever added: a number for the next one that is greater than those of all before.</summary>
    public long Added { get; private set; }

    private static int FirstClass
    {
        get
        {
            int sizeClass = 1;
            while (CapacityOf(sizeClass) < 4)
            {
                sizeClass++;
            }

            return sizeClass;
        }
    }

    /// <summary>Adds a value at the end.</summary>
    public void Add(ref ListHandle list, T value)
    {
        Chunk* last = list.Last == 0 ? null : (Chunk*)_chunks[list.Last];
        if (last is null || last->Used == CapacityOf(last->Class))
        {
            last = Append(ref list);
        }

        Values(last)[last->Used++] = value;
        list.Count++;
        Added++;
    }

    /// <summary>Adds the values of another list.</summary>
    public void Merge(ref ListHandle list, in ListHandle other)
    {
        for (int handle = other.First; handle != 0; handle = ((Chunk*)_chunks[handle])->Next)
        {
            for (int i = 0; i < ((Chunk*)_chunks[handle])->Used; i++)
            {
                Add(ref list, Values((Chunk*)_chunks[handle])[i]);
            }
        }
    }

    /// <summary>The values side by side, in the order in which they were added; until the next call. They may be put into another order.</summary>
    public Span<T> Gather(in ListHandle list)
    {
        if (_gathered.Length < list.Count)
        {
            _gathered = new T[Math.Min(Array.MaxLength, Math.Max(list.Count, _gathered.Length * 2L))];
        }

        int at = 0;
        for (int handle = list.First; handle != 0;)
        {
            Chunk* chunk = (Chunk*)_chunks[handle];
            new ReadOnlySpan<T>(Values(chunk), chunk->Used).CopyTo(_gathered.AsSpan(at));
            at += chunk->Used;
            handle = chunk->Next;
        }

        return _gathered.AsSpan(0, at);
    }

    /// <summary>Empties a list.</summary>
    public void Free(ref ListHandle list)
    {
        for (int handle = list.First; handle != 0;)
        {
            Chunk* chunk = (Chunk*)_chunks[handle];
            (int next, int sizeClass) = (chunk->Next, chunk->Class);
            _chunks.Return(handle, sizeClass);
            handle = next;
        }

        list = default;
    }

    public void Save(StateWriter state)
    {
        state.Write(Added);
        _chunks.Save(state);
    }

    /// <summary>Into fresh lists.</summary>
    public void Load(StateReader state)
    {
        Added = state.Read<long>();
        _chunks.Load(state);
    }

    public void Dispose() => _chunks.Dispose();

    private static T* Values(Chunk* chunk) => (T*)(chunk + 1);

    private static int CapacityOf(int sizeClass) => (SlabChunks.SizeOf(sizeClass) - sizeof(Chunk)) / sizeof(T);

    private Chunk* Append(ref ListHandle list)
    {
        if (list.Count == Array.MaxLength)
        {
            throw new StateLimitException($"A group has more than {Array.MaxLength} values.");
        }

        int sizeClass = list.Last == 0 ? FirstClass : Math.Min(SlabChunks.Classes - 1, ((Chunk*)_chunks[list.Last])->Class + 1);
        int handle = _chunks.Rent(sizeClass);
        Chunk* chunk = (Chunk*)_chunks[handle];
        *chunk = new Chunk { Class = sizeClass };
        if (list.Last == 0)
        {
            list.First = handle;
        }
        else
        {
            ((Chunk*)_chunks[list.Last])->Next = handle;
        }

        list.Last = handle;
        return chunk;
    }

    /// <summary>In front of the values, which are aligned to 8 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Chunk
    {
        public int Next;
        public int Used;
        public int Class;
    }
}
