namespace Laminar.Interpreter.Database.Connectors;

/// <summary>The thread that reads the connectors of a database, a batch at a time, and rests while there is nothing to read.</summary>
internal sealed class ConnectorPump : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    private readonly Func<bool> _step;
    // Never disposed: a connector's thread may still call.
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stops;

    /// <param name="step">Reads what there is, and says whether there was anything. Throws nothing.</param>
    public ConnectorPump(Func<bool> step)
    {
        _step = step;
        _thread = new Thread(Run) { IsBackground = true, Name = "Laminar database sources" };
        _thread.Start();
    }

    /// <summary>There may be something to read.</summary>
    public void Wake()
    {
        if (!_stops)
        {
            _wake.Set();
        }
    }

    public void Dispose()
    {
        _stops = true;
        _wake.Set();
        _thread.Join();
    }

    private void Run()
    {
        while (!_stops)
        {
            if (!_step())
            {
                _wake.WaitOne(Rest);
            }
        }
    }
}
