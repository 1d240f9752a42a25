using System.Buffers;
using Laminar.Execution;

namespace Laminar.Runtime.Sources;

/// <summary>What queries read that are made of constants: one row, then the end. A runtime that goes on from a saved state reads on behind it.</summary>
internal sealed class OneRowSource : IConnectorSource<OneRow>
{
    public string Description => "constants";

    public bool IsReplayable => true;

    public int Partitions => 1;

    public IPartitionReader<OneRow> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) => new Reader(position.Length > 0 && position.Span[0] != 0);

    private sealed class Reader(bool isRead) : IPartitionReader<OneRow>
    {
        private bool _isRead = isRead;

        public ReadStatus Read(Span<OneRow> rows, out int count)
        {
            count = _isRead ? 0 : 1;
            _isRead = true;
            return ReadStatus.End;
        }

        public void SavePosition(IBufferWriter<byte> writer) => writer.Write([(byte)(_isRead ? 1 : 0)]);

        public void Dispose()
        {
        }
    }
}
