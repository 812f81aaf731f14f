using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Maintenance;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

public sealed class CrashRecoveryTests
{
    private const int Groups = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Log_cut_off_anywhere_recovers_whole_groups_from_the_beginning(int seed)
    {
        Random random = new(seed);
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        List<int> boundaries = await WriteGroupsAsync(database.Engine, random);
        for (int round = 0; round < 40; round++)
        {
            string crashed = database.CopyAsCrashed();
            string last = Directory.EnumerateFiles(crashed, "*.seg").Order().Last();
            using (FileStream file = new(last, FileMode.Open))
            {
                file.SetLength(random.NextInt64(file.Length));
            }

            (int Count, VerifyReport Report) state = await ReadAsync(database, crashed);
            Assert.Contains(state.Count, boundaries);
            Assert.Empty(state.Report.Problems);
            Directory.Delete(crashed, true);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Flipped_byte_is_recovered_from_or_reported_with_file_and_offset(int seed)
    {
        Random random = new(seed);
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(8 * 1024);
        List<int> boundaries = await WriteGroupsAsync(database.Engine, random);
        int reported = 0;
        for (int round = 0; round < 60; round++)
        {
            string crashed = database.CopyAsCrashed();
            string[] files = [.. Directory.EnumerateFiles(crashed, "*.seg")];
            string damaged = files[random.Next(files.Length)];
            long offset = FlipByte(damaged, random);
            try
            {
                (int Count, VerifyReport Report) state = await ReadAsync(database, crashed);
                Assert.True(boundaries.Contains(state.Count) || state.Report.Problems.Count > 0);
            }
            catch (CorruptDataException exception)
            {
                reported++;
                Assert.Equal(Path.GetFileName(damaged), Path.GetFileName(exception.File));
                Assert.InRange(offset, exception.Offset, offset);
            }

            Directory.Delete(crashed, true);
        }

        Assert.True(reported > 30, $"{reported} of 60 reported");
    }

    [Fact]
    public async Task Flipped_byte_behind_a_checkpoint_is_found_by_verify_and_not_served()
    {
        Random random = new(5);
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(8 * 1024);
        await WriteGroupsAsync(database.Engine, random);
        await database.Engine.CheckpointAsync(Token);
        for (int round = 0; round < 30; round++)
        {
            string crashed = database.CopyAsCrashed();
            string first = Directory.EnumerateFiles(crashed, "*.seg").Order().First();
            FlipByte(first, random);
            try
            {
                (int _, VerifyReport report) = await ReadAsync(database, crashed);
                Assert.Contains(report.Problems, problem => problem.Contains(Path.GetFileName(first), StringComparison.Ordinal));
            }
            catch (CorruptDataException exception)
            {
                Assert.Equal(Path.GetFileName(first), Path.GetFileName(exception.File));
            }

            Directory.Delete(crashed, true);
        }
    }

    [Fact]
    public async Task Damaged_checkpoint_costs_only_time()
    {
        Random random = new(6);
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(8 * 1024);
        List<int> boundaries = await WriteGroupsAsync(database.Engine, random);
        await database.Engine.CheckpointAsync(Token);
        for (int round = 0; round < 20; round++)
        {
            string crashed = database.CopyAsCrashed();
            FlipByte(Path.Combine(crashed, "CHECKPOINT"), random);
            (int Count, VerifyReport Report) state = await ReadAsync(database, crashed);
            Assert.Equal(boundaries[^1], state.Count);
            Assert.Empty(state.Report.Problems);
            Directory.Delete(crashed, true);
        }
    }

    [Fact]
    public async Task Missing_segment_is_reported()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(8 * 1024);
        await WriteGroupsAsync(database.Engine, new Random(7));
        string crashed = database.CopyAsCrashed();
        File.Delete(Path.Combine(crashed, "00000002.seg"));
        CorruptDataException error = await Assert.ThrowsAsync<CorruptDataException>(() => database.OpenAsync(crashed));
        Assert.EndsWith("00000002.seg", error.File, StringComparison.Ordinal);
        Directory.Delete(crashed, true);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Crash_while_checkpoints_compaction_and_writes_go_on_loses_nothing(int seed)
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(16 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{n:1}"));
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int[] acknowledged = new int[200];
        Task writer = Task.Run(() => OverwriteAsync(database.Engine, things, acknowledged, new Random(seed), done.Token), Token);
        for (int round = 0; round < 8; round++)
        {
            await database.Engine.CompactAsync(Token);
            int[] before = [.. acknowledged];
            string crashed = await CopyConsistentlyAsync(database);
            await AssertAtLeastAsync(database, crashed, before);
            Directory.Delete(crashed, true);
            await database.Engine.CheckpointAsync(Token);
        }

        await done.CancelAsync();
        await writer;
        Assert.Empty((await database.Engine.VerifyAsync(Token)).Problems);
        await database.RestartAsync();
        Assert.Empty((await database.Engine.VerifyAsync(Token)).Problems);
    }

    private static async Task OverwriteAsync(
        StorageEngine engine, Collection things, int[] acknowledged, Random random, CancellationToken stop)
    {
        for (int n = 1; !stop.IsCancellationRequested; n++)
        {
            int id = random.Next(acknowledged.Length);
            byte[] document = Document(id, $"n:{n},t:'{new string('x', random.Next(300))}'");
            LogPosition position;
            if (things.FindById(Indexes.Value($"{id}").Slice) is { } record)
            {
                position = things.Modify(record, _ => Mutation.Replace(document)).Position;
            }
            else
            {
                position = things.Insert(document);
            }

            await engine.WaitDurableAsync(position, CancellationToken.None);
            Volatile.Write(ref acknowledged[id], n);
        }
    }

    // A copy made file by file is no crash image while compaction deletes files; a backup is.
    private static async Task<string> CopyConsistentlyAsync(TemporaryDatabase database)
    {
        string copy = Directory.CreateTempSubdirectory("lmtp-engine-backup-").FullName;
        await Backup.CopyAsync(database.Options(database.Directory), copy, Token);
        File.Delete(Path.Combine(copy, "CHECKPOINT"));
        string checkpoint = Path.Combine(database.Directory, "CHECKPOINT");
        if (File.Exists(checkpoint))
        {
            File.Copy(checkpoint, Path.Combine(copy, "CHECKPOINT"));
        }

        return copy;
    }

    private static async Task AssertAtLeastAsync(TemporaryDatabase database, string directory, int[] expected)
    {
        await using StorageEngine engine = await database.OpenAsync(directory);
        Assert.Empty((await engine.VerifyAsync(Token)).Problems);
        Collection things = engine.Find(Things)!;
        for (int id = 0; id < expected.Length; id++)
        {
            if (expected[id] == 0)
            {
                continue;
            }

            RecordId record = things.FindById(Indexes.Value($"{id}").Slice)!.Value;
            Assert.True(things.TryRead(record, out ReadOnlyMemory<byte> document));
            Assert.True(new BsonSlice(document.Span)["n"u8].AsInt32 >= expected[id]);
        }
    }

    private static long FlipByte(string path, Random random)
    {
        using FileStream file = new(path, FileMode.Open);
        long offset = random.NextInt64(file.Length);
        file.Position = offset;
        int value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ (1 << random.Next(8))));
        return offset;
    }

    private static async Task<List<int>> WriteGroupsAsync(StorageEngine engine, Random random)
    {
        Collection things = engine.FindOrCreate(Things);
        engine.CreateIndex(things, Indexes.Define("{n:1}"));
        List<int> boundaries = [0];
        for (int i = 0; i < Groups; i++)
        {
            int start = boundaries[^1];
            int count = random.Next(1, 6);
            InsertResult result = things.Insert(
                [.. Enumerable.Range(start, count).Select(id => (ReadOnlyMemory<byte>)Document(id, $"n:{id},t:'{new string('x', 200)}'"))], true);
            await engine.WaitDurableAsync(result.Position, Token);
            boundaries.Add(start + count);
        }

        return boundaries;
    }

    private static async Task<(int Count, VerifyReport Report)> ReadAsync(TemporaryDatabase database, string directory)
    {
        await using StorageEngine engine = await database.OpenAsync(directory);
        VerifyReport report = await engine.VerifyAsync(Token);
        if (engine.Find(Things) is not { } things)
        {
            return (0, report);
        }

        int count = 0;
        for (RecordScan scan = things.Scan(); scan.MoveNext(); count++)
        {
            if (report.Problems.Count == 0)
            {
                Assert.True(things.TryRead(scan.Current, out ReadOnlyMemory<byte> document));
                Assert.Equal(Document(count, $"n:{count},t:'{new string('x', 200)}'"), document.ToArray());
            }
        }

        return (count, report);
    }
}
