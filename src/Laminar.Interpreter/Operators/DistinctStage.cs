using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>SELECT DISTINCT: rows pass whose like hasn't been seen.</summary>
internal sealed class DistinctStage : ChunkStage
{
    private readonly RunState _run;
    private readonly GroupingInput _input;
    private readonly GroupSlots _seen;
    private readonly ChunkErrors _errors = new();
    private readonly uint[] _hashes = new uint[Chunk.Size];
    private readonly int[] _scratch = new int[Chunk.Size];
    private readonly int[] _kept = new int[Chunk.Size];
    private readonly int _columns;

    public DistinctStage(WindowAggregateNode node, RunState run)
    {
        _run = run;
        _input = new GroupingInput(node);
        _columns = node.Columns.Count;
        _seen = new GroupSlots([.. node.Keys.Select(k => (KeyColumn)ClrValueTypes.Make(typeof(KeyColumn<>), [ClrValueTypes.Of(k.Type)]))]);
    }

    public override long StateBytes => _seen.Count * (16L + (16L * _seen.Keys.Length));

    public override void Process(Chunk chunk)
    {
        _errors.Clear();
        _input.Compute(chunk, chunk.Rows, _errors, _scratch);
        Selection rows = _run.Resolve(chunk, chunk.Rows, _errors, _kept);
        _seen.Hash(_input.Keys, rows, _hashes);
        int count = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            _seen.FindOrAdd(0, _hashes[row], _input.Keys, row, out bool isNew);
            if (isNew)
            {
                _kept[count++] = row;
            }
        }

        var columns = new Vector?[_columns];
        _input.Keys.CopyTo(columns, 0);
        Next!.Process(new Chunk { Columns = columns, Rows = new Selection(_kept, count), WatermarkBefore = chunk.WatermarkBefore, WatermarkAfter = chunk.WatermarkAfter });
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_seen.Count);
        for (int slot = 0; slot < _seen.Count; slot++)
        {
            _seen.Save(writer, slot);
        }
    }

    public override void Load(BinaryReader reader)
    {
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _seen.Load(reader, 0);
        }
    }
}
