using Laminar.Linux;

namespace Laminar.Storage.Tests.Simulation;

/// <summary>
/// A disk in memory, driven by one seed on one thread. Nothing that was started goes on by itself: <see cref="Step"/> does one bit of it.
/// It dies between any two I/O steps when told to; <see cref="Restart"/> then gives what a killed process or a power cut leaves behind.
/// </summary>
internal sealed class SimulatedDevice(Random random) : IDevice
{
    private readonly Dictionary<string, SimulatedInode> _seen = [];
    private readonly Dictionary<string, SimulatedInode> _durable = [];
    private readonly List<(string Name, SimulatedInode? Inode)> _unsynced = [];
    private readonly SortedDictionary<int, Queue<Action>> _lanes = [];
    private readonly List<SimulatedFile> _writing = [];
    private bool _locked;

    public string Description => "simulated";

    /// <summary>I/O steps until the process or machine dies; -1: never.</summary>
    public int StepsToLive { get; set; } = -1;

    public bool IsDead { get; private set; }

    /// <summary>Bytes that may still be allocated before the disk is full.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Syncs until one fails; -1: none.</summary>
    public int SyncsToError { get; set; } = -1;

    /// <summary>Whether a fault was met: after it, the store may refuse to go on.</summary>
    public bool HasFailed { get; private set; }

    public int Steps { get; private set; }

    public bool HasWork => _writing.Count > 0 || _lanes.Values.Any(l => l.Count > 0);

    public Random Random => random;

    public SimulatedInode Inode(string name) => _seen[name];

    public void Remove(string name)
    {
        _seen.Remove(name);
        _durable.Remove(name);
    }

    /// <summary>The same disk once more, everything on it durable.</summary>
    public SimulatedDevice Copy()
    {
        var copy = new SimulatedDevice(random);
        foreach ((string name, SimulatedInode inode) in _seen)
        {
            var same = new SimulatedInode();
            same.Write(0, inode.Seen.Span);
            same.Sync();
            copy._seen.Add(name, same);
            copy._durable.Add(name, same);
        }

        return copy;
    }

    /// <summary>Does one piece of what is under way, chosen at random. False when there is nothing.</summary>
    public bool Step()
    {
        int[] lanes = _lanes.Where(l => l.Value.Count > 0).Select(l => l.Key).ToArray();
        int choices = lanes.Length + _writing.Count;
        if (choices == 0 || IsDead)
        {
            return false;
        }

        int choice = random.Next(choices);
        if (choice < lanes.Length)
        {
            _lanes[lanes[choice]].Dequeue()();
        }
        else
        {
            _writing[choice - lanes.Length].Proceed();
        }

        return true;
    }

    /// <summary>What the next process finds.</summary>
    /// <param name="powerLost">Changes that weren't synced may be gone; otherwise only the process has died.</param>
    public void Restart(bool powerLost)
    {
        foreach (SimulatedFile file in _writing)
        {
            file.Abandon();
        }

        _writing.Clear();
        _lanes.Clear();
        if (powerLost)
        {
            int chance = random.Next(5);
            foreach ((string name, SimulatedInode? inode) in _unsynced)
            {
                if (random.Next(4) < chance)
                {
                    ApplyName(_durable, name, inode);
                }
            }

            foreach (SimulatedInode inode in _seen.Values.Concat(_durable.Values).Distinct().ToArray())
            {
                inode.LosePower(random);
            }

            _unsynced.Clear();
            _seen.Clear();
            foreach ((string name, SimulatedInode inode) in _durable)
            {
                _seen.Add(name, inode);
            }
        }

        _locked = false;
        IsDead = false;
        HasFailed = false;
        StepsToLive = -1;
        SyncsToError = -1;
        Capacity = long.MaxValue;
    }

    public IDisposable Lock()
    {
        Tick();
        if (_locked)
        {
            throw new IOException("locked");
        }

        _locked = true;
        return new Held(this);
    }

    public IReadOnlyList<string> List()
    {
        Tick();
        return _seen.Keys.Order(StringComparer.Ordinal).ToArray();
    }

    public IDeviceFile Create(string name, long length)
    {
        Tick();
        Take(length);
        var inode = new SimulatedInode();
        if (!_seen.TryAdd(name, inode))
        {
            throw new IOException(name + " exists");
        }

        _unsynced.Add((name, inode));
        inode.SetLength(length);
        return new SimulatedFile(this, inode, name);
    }

    public IDeviceFile Open(string name)
    {
        Tick();
        return _seen.TryGetValue(name, out SimulatedInode? inode) ? new SimulatedFile(this, inode, name) : throw new FileNotFoundException(name);
    }

    public void Rename(string from, string to)
    {
        Tick();
        SimulatedInode inode = _seen[from];
        _seen.Remove(from);
        _seen[to] = inode;
        _unsynced.Add((from, null));
        _unsynced.Add((to, inode));
    }

    public void Delete(string name)
    {
        Tick();
        if (_seen.Remove(name))
        {
            _unsynced.Add((name, null));
        }
    }

    public void SyncDirectory()
    {
        Tick();
        FailSyncMaybe(null);
        foreach ((string name, SimulatedInode? inode) in _unsynced)
        {
            ApplyName(_durable, name, inode);
        }

        _unsynced.Clear();
    }

    public IoBuffer Allocate(int bytes) => new(bytes);

    public void Queue(int lane, Action work)
    {
        if (!_lanes.TryGetValue(lane, out Queue<Action>? queue))
        {
            _lanes.Add(lane, queue = new Queue<Action>());
        }

        queue.Enqueue(work);
    }

    public void Dispose()
    {
    }

    /// <summary>One I/O step: the machine may die before it.</summary>
    internal void Tick()
    {
        if (IsDead || StepsToLive == 0)
        {
            IsDead = true;
            throw new IOException("the simulated machine is dead");
        }

        Steps++;
        StepsToLive -= StepsToLive > 0 ? 1 : 0;
    }

    internal void Take(long bytes)
    {
        if (bytes > Capacity)
        {
            HasFailed = true;
            throw new IOException("No space left on device");
        }

        Capacity -= Capacity == long.MaxValue ? 0 : bytes;
    }

    internal void FailSyncMaybe(SimulatedInode? inode)
    {
        if (SyncsToError == 0)
        {
            HasFailed = true;
            inode?.FailSync(random);
            throw new IOException("Input/output error");
        }

        SyncsToError -= SyncsToError > 0 ? 1 : 0;
    }

    internal void Started(SimulatedFile file) => _writing.Add(file);

    internal void Ended(SimulatedFile file) => _writing.Remove(file);

    private static void ApplyName(Dictionary<string, SimulatedInode> names, string name, SimulatedInode? inode)
    {
        if (inode is null)
        {
            names.Remove(name);
        }
        else
        {
            names[name] = inode;
        }
    }

    private sealed class Held(SimulatedDevice device) : IDisposable
    {
        public void Dispose() => device._locked = false;
    }
}
