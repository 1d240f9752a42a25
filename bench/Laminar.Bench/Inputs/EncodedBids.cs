using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Laminar.Formats;

namespace Laminar.Bench.Inputs;

/// <summary>Bids as the bytes of a file, as our own encoders write them.</summary>
public static class EncodedBids
{
    public static CsvFormat CsvFormat { get; } = new();

    public static byte[] Json(ReadOnlySpan<Bid> bids)
    {
        using var encoder = new JsonRowEncoder<Bid>();
        return Write(encoder, bids);
    }

    public static byte[] Csv(ReadOnlySpan<Bid> bids) => Write(new CsvRowEncoder<Bid>(CsvFormat), bids);

    /// <summary>The file form of Arrow IPC, in batches of <see cref="ArrowBatches.BatchRows"/>.</summary>
    public static byte[] Arrow(ReadOnlySpan<Bid> bids)
    {
        ReadOnlySpan<RecordBatch> batches = ArrowBatches.Of(bids).First(bids.Length);
        using var stream = new MemoryStream();
        using (var writer = new ArrowFileWriter(stream, batches[0].Schema, leaveOpen: true))
        {
            foreach (RecordBatch batch in batches)
            {
                writer.WriteRecordBatch(batch);
            }

            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    private static byte[] Write(IRowEncoder<Bid> encoder, ReadOnlySpan<Bid> bids)
    {
        var bytes = new ArrayBufferWriter<byte>();
        encoder.WriteHeader(bytes);
        foreach (ref readonly Bid bid in bids)
        {
            encoder.Write(in bid, bytes);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
