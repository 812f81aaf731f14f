namespace Lmtp.Tests.Unit.Protocol.Conformance;

public sealed class ConformanceTests
{
    /// <summary>Longer inputs are split at this many places, spread evenly.</summary>
    private const int MaxSplits = 200;

    public static TheoryData<string> Names => ConformanceTable.Names;

    [Fact]
    public void Table_holds_at_least_250_cases() => Assert.True(ConformanceTable.Cases.Count >= 250, $"{ConformanceTable.Cases.Count} cases");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_in_one_write_gets_exactly_the_replies(string name)
    {
        var item = ConformanceTable.Cases[name];

        await CheckAsync(item, [item.InputBytes]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_byte_by_byte_gets_exactly_the_replies(string name)
    {
        var item = ConformanceTable.Cases[name];

        await CheckAsync(item, item.InputBytes.Select(b => new[] { b }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_split_at_every_position_gets_exactly_the_replies(string name)
    {
        var item = ConformanceTable.Cases[name];
        var input = item.InputBytes;
        var step = Math.Max(1, input.Length / MaxSplits);
        for (var split = 1; split < input.Length; split += step)
        {
            await CheckAsync(item, [input[..split], input[split..]]);
        }
    }

    private static async Task CheckAsync(ConformanceCase item, IEnumerable<byte[]> writes)
    {
        await using var dialogue = new SessionDialogue(item.Profile);
        foreach (var write in writes)
        {
            await dialogue.SendAsync(write);
        }

        dialogue.HalfClose();

        Assert.Equal(item.ExpectedOutput, ConformanceCase.Normalise(await dialogue.ReadAllBytesAsync()), ignoreLineEndingDifferences: false);
        if (item.StoredBytes is { } stored)
        {
            Assert.Equal(stored, dialogue.Agent.Messages.Last().Content);
        }

        Assert.Equal(0, dialogue.Agent.OpenIntakes);
    }
}
