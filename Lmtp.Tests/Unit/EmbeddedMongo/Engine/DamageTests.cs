using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Engine.Maintenance;
using Lmtp.Tests.Processes;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>
/// One damaged byte in each part of the format: headers of segments, frames and operations, documents, padding, and the
/// checkpoint. It is recovered from or reported with file and offset; a document that was not written is never served.
/// </summary>
public sealed class DamageTests
{
    private const int Documents = 40;
    private const int SegmentSize = 4 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Damaged_byte_of_a_sealed_segment_is_reported_wherever_it_is()
    {
        Dictionary<string, byte[]> files = await MakeAsync(withCheckpoint: false);
        string sealedSegment = files.Keys.Order().First();
        foreach (int offset in Places(files[sealedSegment]))
        {
            CorruptDataException error = await Assert.ThrowsAsync<CorruptDataException>(() => OpenAsync(files, sealedSegment, offset));
            Assert.Equal(sealedSegment, Path.GetFileName(error.File));
            Assert.InRange(error.Offset, 0, offset);
            Assert.True(offset < FrameFormat.SegmentHeaderSize || error.Offset > 0);
        }
    }

    [Fact]
    public async Task Damaged_byte_of_the_last_segment_is_reported_or_cuts_off_what_was_written_last()
    {
        Dictionary<string, byte[]> files = await MakeAsync(withCheckpoint: false);
        string active = files.Keys.Order().Last();
        List<int> frames = Frames(files[active]);
        foreach (int offset in Places(files[active]))
        {
            try
            {
                // What comes last, nothing behind it says that it was durable; only that may be missing.
                int count = await OpenAsync(files, active, offset);
                Assert.Equal(Documents - 1, count);
                Assert.True(offset >= frames[^1], $"offset {offset} was cut off, the last frame is at {frames[^1]}");
            }
            catch (CorruptDataException error)
            {
                Assert.Equal(active, Path.GetFileName(error.File));
                Assert.InRange(error.Offset, 0, offset);
            }
        }
    }

    [Fact]
    public async Task Damaged_byte_behind_a_checkpoint_is_reported_when_it_is_read()
    {
        Dictionary<string, byte[]> files = await MakeAsync(withCheckpoint: true);
        string sealedSegment = files.Keys.Where(name => name.EndsWith(".seg", StringComparison.Ordinal)).Order().First();
        foreach (int offset in Places(files[sealedSegment]).Where(offset => offset >= FrameFormat.SegmentHeaderSize))
        {
            using TemporaryDirectory folder = Write(files, sealedSegment, offset);
            await using StorageEngine engine = await OpenAsync(folder.Path);
            VerifyReport report = await engine.VerifyAsync(Token);
            Assert.Contains(report.Problems, problem => problem.Contains(sealedSegment, StringComparison.Ordinal));
            AssertServesOnlyWhatWasWritten(engine);
        }
    }

    [Fact]
    public async Task Damaged_byte_of_the_checkpoint_costs_only_time()
    {
        Dictionary<string, byte[]> files = await MakeAsync(withCheckpoint: true);
        int length = files["CHECKPOINT"].Length;
        const int Ends = 150;
        IEnumerable<int> offsets = Enumerable.Range(0, length).Where(offset => offset < Ends || offset >= length - Ends || offset % 61 == 0);
        foreach (int offset in offsets)
        {
            Assert.Equal(Documents, await OpenAsync(files, "CHECKPOINT", offset));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Checkpoint_that_is_cut_off_or_too_long_costs_only_time(int change)
    {
        Dictionary<string, byte[]> files = await MakeAsync(withCheckpoint: true);
        byte[] checkpoint = files["CHECKPOINT"];
        files["CHECKPOINT"] = change switch
        {
            0 => [],
            1 => [.. checkpoint, 7],
            _ => checkpoint[..^1],
        };
        using TemporaryDirectory folder = Write(files, "CHECKPOINT", -1);
        await using StorageEngine engine = await OpenAsync(folder.Path);
        Assert.Empty((await engine.VerifyAsync(Token)).Problems);
        Assert.Equal(Documents, engine.Find(Things)!.Count);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Lost_sector_is_reported_or_cuts_off_what_was_written_last(int seed)
    {
        const int Sector = 512;
        Random random = new(seed);
        Dictionary<string, byte[]> files = await MakeAsync(withCheckpoint: false);
        for (int round = 0; round < 40; round++)
        {
            string name = files.Keys.ElementAt(random.Next(files.Count));
            byte[] torn = [.. files[name]];
            int start = random.Next((torn.Length + Sector - 1) / Sector) * Sector;
            Span<byte> sector = torn.AsSpan(start, Math.Min(Sector, torn.Length - start));
            sector.Clear();
            try
            {
                int count = await OpenAsync(new Dictionary<string, byte[]>(files) { [name] = torn }, name, -1);
                Assert.True(name == files.Keys.Order().Last() && count < Documents, $"{name} {start}: {count}");
            }
            catch (CorruptDataException error)
            {
                Assert.Equal(name, Path.GetFileName(error.File));
                Assert.InRange(error.Offset, 0, start + Sector);
            }
        }
    }

    // Every byte of the headers of the segment and of two frames, and of one operation; of the rest some.
    private static SortedSet<int> Places(byte[] segment)
    {
        SortedSet<int> places = [.. Enumerable.Range(0, FrameFormat.SegmentHeaderSize)];
        List<int> frames = Frames(segment);
        foreach (int frame in (int[])[frames[0], frames[frames.Count / 2], frames[^1]])
        {
            places.UnionWith(Enumerable.Range(frame, FrameFormat.FrameHeaderSize + FrameFormat.OperationHeaderSize + 8));
        }

        for (int i = 0; i < frames.Count; i++)
        {
            int end = i + 1 < frames.Count ? frames[i + 1] : segment.Length;
            places.UnionWith([end - 1, end - FrameFormat.Alignment, (frames[i] + end) / 2]);
        }

        return places;
    }

    private static List<int> Frames(byte[] segment)
    {
        List<int> frames = [];
        for (int offset = FrameFormat.SegmentHeaderSize; offset < segment.Length;)
        {
            frames.Add(offset);
            Assert.True(FrameFormat.TryReadFrameHeader(segment.AsSpan(offset), out FrameHeader header));
            offset += FrameFormat.FrameHeaderSize + header.BodyLength;
        }

        return frames;
    }

    private static async Task<Dictionary<string, byte[]>> MakeAsync(bool withCheckpoint)
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(SegmentSize);
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{n:1}"));
        for (int id = 0; id < Documents; id++)
        {
            await database.Engine.WaitDurableAsync(things.Insert(Written(id)), Token);
        }

        if (withCheckpoint)
        {
            await database.Engine.CheckpointAsync(Token);
        }

        string copy = database.CopyAsCrashed();
        Dictionary<string, byte[]> files = Directory.GetFiles(copy).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        Directory.Delete(copy, true);
        Assert.True(files.Count > 2);
        return files;
    }

    private static byte[] Written(int id) => Document(id, $"n:{id},t:'{new string('x', 200 + (id % 9))}'");

    private static TemporaryDirectory Write(Dictionary<string, byte[]> files, string damaged, int offset)
    {
        TemporaryDirectory folder = new();
        foreach ((string name, byte[] bytes) in files)
        {
            byte[] written = [.. bytes];
            if (name == damaged && offset >= 0)
            {
                written[offset] ^= (byte)(1 << (offset % 8));
            }

            File.WriteAllBytes(folder.File(name), written);
        }

        return folder;
    }

    private static async Task<int> OpenAsync(Dictionary<string, byte[]> files, string damaged, int offset)
    {
        using TemporaryDirectory folder = Write(files, damaged, offset);
        await using StorageEngine engine = await OpenAsync(folder.Path);
        Assert.Empty((await engine.VerifyAsync(Token)).Problems);
        return AssertServesOnlyWhatWasWritten(engine);
    }

    private static Task<StorageEngine> OpenAsync(string directory) => StorageEngine.OpenAsync(
        new StorageOptions { Directory = directory, SegmentSize = SegmentSize },
        TimeProvider.System,
        Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
        Token);

    private static int AssertServesOnlyWhatWasWritten(StorageEngine engine)
    {
        int count = 0;
        Collection things = engine.Find(Things)!;
        for (RecordScan scan = things.Scan(); scan.MoveNext(); count++)
        {
            try
            {
                Assert.True(things.TryRead(scan.Current, out ReadOnlyMemory<byte> document));
                Assert.Equal(Written((int)scan.Current.Value - 1), document.ToArray());
            }
            catch (CorruptDataException)
            {
                // Reported, not served.
            }
        }

        return count;
    }
}
