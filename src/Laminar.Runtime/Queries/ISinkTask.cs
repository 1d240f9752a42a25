namespace Laminar.Runtime.Queries;

/// <summary>What the coordinator needs of a sink without knowing its row type.</summary>
internal interface ISinkTask
{
    /// <summary>Unique in the runtime.</summary>
    string Name { get; }

    long Rows { get; }

    /// <summary>Before the start: what the recovered manifest says of it.</summary>
    void Recover(long epoch, ReadOnlyMemory<byte> token);

    /// <summary>The epoch's manifest is durable; completes when the sink has committed. Any thread.</summary>
    Task CommitAsync(long epoch, ReadOnlyMemory<byte> token);
}
