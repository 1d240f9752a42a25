using Apache.Arrow;
using Apache.Arrow.Ipc;
using Laminar.Connectors.Files.Reading;

namespace Laminar.Connectors.Files.Writing;

/// <summary>Arrow batches: both files are read and one is written, since the footer or end mark stands last.</summary>
internal sealed class ArrowContent(ArrowLayout layout) : IFileContent
{
    public static ArrowStreamWriter Writer(Stream to, Schema schema, ArrowLayout layout)
    {
        ArrowStreamWriter writer = layout == ArrowLayout.File
            ? new ArrowFileWriter(to, schema, leaveOpen: true)
            : new ArrowStreamWriter(to, schema, leaveOpen: true);
        writer.WriteStart();
        return writer;
    }

    public long Length(string file)
    {
        using FileStream stream = File.OpenRead(file);
        long batches = 0;
        foreach (RecordBatch batch in ArrowBatches.Read(stream))
        {
            batch.Dispose();
            batches++;
        }

        return batches;
    }

    public void Join(string file, long length, string? part, string to)
    {
        using var joined = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, 1024 * 1024);
        Schema schema = SchemaOf(file);
        using (ArrowStreamWriter writer = Writer(joined, schema, layout))
        {
            Copy(file, length, writer);
            if (part is not null)
            {
                Copy(part, long.MaxValue, writer);
            }

            writer.WriteEnd();
        }

        joined.Flush(flushToDisk: true);
    }

    private static Schema SchemaOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return ArrowBatches.SchemaOf(stream);
    }

    private static void Copy(string file, long atMost, ArrowStreamWriter to)
    {
        using FileStream stream = File.OpenRead(file);
        long copied = 0;
        foreach (RecordBatch batch in ArrowBatches.Read(stream))
        {
            using (batch)
            {
                if (copied++ < atMost)
                {
                    to.WriteRecordBatch(batch);
                }
            }
        }
    }
}
