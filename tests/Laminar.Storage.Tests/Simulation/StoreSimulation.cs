using System.Buffers;
using System.Text;

namespace Laminar.Storage.Tests.Simulation;

/// <summary>One schedule: several lives of a store on one simulated disk, each ended by a kill, a power cut, a fault or in good order.</summary>
internal sealed class StoreSimulation
{
    private readonly Random _random;
    private readonly SimulatedDevice _device;
    private readonly StoreModel _model;
    private readonly int _cores;
    private readonly StateStoreOptions _options;
    private StateStore _store = null!;

    public StoreSimulation(int seed)
    {
        _random = new Random(seed);
        _cores = 1 + _random.Next(2);
        _device = new SimulatedDevice(_random);
        _model = new StoreModel(_cores);
        _options = new StateStoreOptions
        {
            Directory = "simulated",
            Cores = _cores,
            Device = _device,
            ManifestsKept = 1 + _random.Next(3),
            SegmentBytes = 4096 << _random.Next(3),
            WalBufferBytes = 4096 << _random.Next(2),
            Fingerprints = new Dictionary<string, string> { ["task"] = "layout" },
        };
    }

    /// <summary>Crashes, faults and good ends that were met, for the test's own check that it tests something.</summary>
    public Dictionary<string, int> Met { get; } = [];

    public void Run()
    {
        int lives = 3 + _random.Next(4);
        for (int life = 0; life < lives; life++)
        {
            Open();
            Verify();
            Live();
        }

        Open();
        Verify();
    }

    /// <summary>Opens the store; the machine may die while it does, any number of times.</summary>
    private void Open()
    {
        for (int attempt = 0; ; attempt++)
        {
            _device.StepsToLive = attempt < 5 && _random.Next(3) == 0 ? _random.Next(60) : -1;
            try
            {
                _store = StateStore.Open(_options);
                _device.StepsToLive = -1;
                return;
            }
            catch (LaminarException) when (_device.IsDead)
            {
                Count("death in open");
                _device.Restart(powerLost: _random.Next(2) == 0);
            }
        }
    }

    /// <summary>What the store found must be what was promised.</summary>
    private void Verify()
    {
        RecoveredState? recovered = _store.Recovered;
        long epoch = recovered?.Manifest.Epoch ?? 0;
        EpochModel? model = _model.Epochs.SingleOrDefault(e => e.Epoch == epoch);
        Assert.That(model, Is.Not.Null, $"epoch {epoch} was never begun");
        Assert.That(epoch, Is.GreaterThanOrEqualTo(_model.Committed), "a committed epoch is lost");
        Assert.That(recovered?.DamagedManifests ?? [], Is.Empty);
        Assert.That(_store.FirstEpoch, Is.GreaterThan(_model.HighestDurableEpoch));
        for (int core = 0; core < _cores; core++)
        {
            CoreModel log = _model.Cores[core];
            long barrier = model!.Barriers[core];
            if (epoch > 0)
            {
                Assert.That(recovered!.Manifest.Wal[core].Sequence, Is.EqualTo(barrier));
                SnapshotSection section = recovered.Manifest.Sections.Single(s => s.Core == core);
                Assert.That(Encoding.UTF8.GetString(_store.ReadSection(section).ToArray()), Is.EqualTo(log.StateAt(barrier)), "state");
                Assert.That(recovered.Manifest.Sources[core].Rows, Is.EqualTo(barrier));
            }

            VerifyLog(core, log, barrier);
        }

        _model.Committed = epoch;
        _model.Epochs.RemoveAll(e => e.Epoch > epoch);
    }

    private void VerifyLog(int core, CoreModel log, long barrier)
    {
        using WalReader reader = _store.ReadWal(core);
        long sequence = barrier;
        while (reader.TryRead(out WalRecord record))
        {
            while (sequence + 1 < record.Sequence)
            {
                Assert.That(log.Records[(int)sequence], Is.EqualTo("#"), "only the mark of a good end is passed over");
                sequence++;
            }

            Assert.That(record.Sequence, Is.LessThanOrEqualTo(log.Records.Count), "a record that was never appended");
            string text = record.Kind == WalRecordKind.Barrier ? "|" + record.Epoch : Encoding.UTF8.GetString(record.Payload.Span);
            Assert.That(text, Is.EqualTo(log.Records[(int)record.Sequence - 1]), $"core {core} sequence {record.Sequence}");
            sequence = record.Sequence;
        }

        long last = _store.Wal[core].LastSequence;
        Assert.That(last, Is.GreaterThanOrEqualTo(log.Durable), $"core {core}: a record reported durable is lost");
        Assert.That(last - sequence, Is.LessThanOrEqualTo(1));
        log.Records.RemoveRange((int)last, log.Records.Count - (int)last);
        log.Durable = last;
    }

    private void Live()
    {
        long epoch = _store.FirstEpoch;
        switch (_random.Next(8))
        {
            case 0:
                _device.SyncsToError = _random.Next(40);
                break;
            case 1:
                _device.Capacity = _random.Next(60_000);
                break;
            case 2 or 3 or 4 or 5:
                _device.StepsToLive = _random.Next(300);
                break;
        }

        try
        {
            int actions = _random.Next(300);
            for (int i = 0; i < actions && !_device.IsDead; i++)
            {
                switch (_random.Next(12))
                {
                    case 0:
                        Commit(epoch++);
                        break;
                    case < 6:
                        Append(_random.Next(_cores), epoch);
                        break;
                    default:
                        _device.Step();
                        break;
                }
            }

            if (!_device.IsDead && _random.Next(3) == 0)
            {
                Close();
                return;
            }
        }
        catch (LaminarException) when (_device.IsDead || _device.HasFailed)
        {
            Count(_device.IsDead ? "death" : "fault");
        }

        Observe();
        bool powerLost = _random.Next(2) == 0;
        Count(powerLost ? "power cut" : "kill");
        _device.Restart(powerLost);
    }

    private void Append(int core, long epoch)
    {
        CoreModel log = _model.Cores[core];
        WalWriter wal = _store.Wal[core];
        int size = _random.Next(20) == 0 ? _random.Next(9000) : _random.Next(300);
        string payload = $"{core}.{log.Records.Count}:" + new string((char)('a' + _random.Next(26)), size);
        if (wal.TryAppendRows(new WalSource("s", core), log.Records.Count, 1, Encoding.UTF8.GetBytes(payload), out long sequence))
        {
            log.Records.Add(payload);
            Assert.That(sequence, Is.EqualTo(log.Records.Count));
        }

        Observe();
    }

    /// <summary>Barriers, snapshots and manifest of one epoch, with other things going on between any two steps.</summary>
    private void Commit(long epoch)
    {
        var positions = new WalPosition[_cores];
        var snapshots = new Task<IReadOnlyList<SnapshotSection>>[_cores];
        for (int core = 0; core < _cores; core++)
        {
            while (!_store.Wal[core].TryAppendBarrier(epoch, out positions[core]))
            {
                StepOrStop();
            }

            _model.Cores[core].Records.Add("|" + epoch);
            SnapshotWriter snapshot = _store.BeginSnapshot(core, epoch);
            snapshot.BeginSection("task").Write(Encoding.UTF8.GetBytes(_model.Cores[core].StateAt(positions[core].Sequence)));
            snapshot.EndSection();
            snapshots[core] = snapshot.CompleteAsync();
            for (int i = _random.Next(5); i > 0; i--)
            {
                Append(_random.Next(core + 1), epoch + 1);
            }
        }

        while (snapshots.Any(s => !s.IsCompleted) || positions.Any(p => _store.Wal[p.Core].DurableSequence < p.Sequence))
        {
            StepOrStop();
            Observe();
        }

        if (snapshots.FirstOrDefault(s => s.IsFaulted) is { } failed)
        {
            throw failed.Exception!.InnerException!;
        }

        Manifest manifest = _store.Compose(new EpochCommit
        {
            Epoch = epoch,
            Wal = positions,
            Sections = snapshots.SelectMany(s => s.Result).ToArray(),
            Sources = positions.Select(p => new SourcePosition("s", p.Core, default, p.Sequence, 0)).ToArray(),
            Sinks = [],
        });
        _model.Epochs.Add(new EpochModel(epoch, positions.Select(p => p.Sequence).ToArray()));
        var done = new TaskCompletionSource();
        _device.Queue(-1, () => _store.Commit(manifest, done));
        while (!done.Task.IsCompleted)
        {
            StepOrStop();
            if (_random.Next(4) == 0)
            {
                Append(_random.Next(_cores), epoch + 1);
            }
        }

        if (done.Task.IsFaulted)
        {
            throw done.Task.Exception!.InnerException!;
        }

        Count("commit");
        _model.Committed = epoch;
        _model.HighestDurableEpoch = epoch;
    }

    /// <summary>What <see cref="StateStore.DisposeAsync"/> does, with the waiting done by steps.</summary>
    private void Close()
    {
        for (int core = 0; core < _cores; core++)
        {
            WalWriter wal = _store.Wal[core];
            Drain(wal);
            if (wal.TryAppendClose(out _))
            {
                _model.Cores[core].Records.Add("#");
                Drain(wal);
            }
        }

        Observe();
        Count("good end");
        _device.Restart(powerLost: true);
    }

    private void Drain(WalWriter wal)
    {
        while (wal.DurableSequence < wal.LastSequence)
        {
            StepOrStop();
        }
    }

    private void StepOrStop()
    {
        foreach (WalWriter wal in _store.Wal)
        {
            if (wal.Failure is { } failure)
            {
                throw failure;
            }
        }

        if (!_device.Step())
        {
            throw new StorageException(_device.IsDead ? "dead" : "stuck: nothing is under way and the store waits");
        }
    }

    /// <summary>Takes down what the store has reported durable: from now on it may not be lost.</summary>
    private void Observe()
    {
        for (int core = 0; core < _cores; core++)
        {
            _model.Cores[core].Durable = Math.Max(_model.Cores[core].Durable, _store.Wal[core].DurableSequence);
        }
    }

    private void Count(string what) => Met[what] = Met.GetValueOrDefault(what) + 1;
}
