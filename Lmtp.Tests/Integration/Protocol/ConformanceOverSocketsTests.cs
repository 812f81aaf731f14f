using Lmtp.Tests.Unit.Protocol.Conformance;

namespace Lmtp.Tests.Integration.Protocol;

public sealed class ConformanceOverSocketsTests(ConformanceHosts hosts) : IClassFixture<ConformanceHosts>
{
    /// <summary>Byte by byte only what does not take a system call for each of many thousands of bytes.</summary>
    private const int MaxByteByByte = 1_000;
    private const int Splits = 4;
    private const int MaxSplitsAtAnEnd = 300;

    public static TheoryData<string> Names => ConformanceTable.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Tcp_gets_exactly_the_replies(string name) => CheckAsync(name, TestTransport.Tcp);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Unix_socket_gets_exactly_the_replies(string name) => CheckAsync(name, TestTransport.UnixSocket);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Tls_gets_exactly_the_replies(string name) => CheckAsync(name, TestTransport.Tls);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Long")]
    public Task Tcp_split_at_every_position_gets_exactly_the_replies(string name) => CheckSplitsAsync(name, TestTransport.Tcp);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Long")]
    public Task Unix_socket_split_at_every_position_gets_exactly_the_replies(string name) => CheckSplitsAsync(name, TestTransport.UnixSocket);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Long")]
    public Task Tls_split_at_every_position_gets_exactly_the_replies(string name) => CheckSplitsAsync(name, TestTransport.Tls);

    /// <summary>Long inputs are split at every position near their ends, and in between as often as CI does it.</summary>
    private async Task CheckSplitsAsync(string name, TestTransport transport)
    {
        var item = ConformanceTable.Cases[name];
        var input = item.InputBytes;
        for (var split = 1; split < input.Length; split += split == MaxSplitsAtAnEnd ? Math.Max(1, input.Length - (2 * MaxSplitsAtAnEnd)) : 1)
        {
            await CheckAsync(item, transport, [input[..split], input[split..]]);
        }
    }

    private async Task CheckAsync(string name, TestTransport transport)
    {
        var item = ConformanceTable.Cases[name];
        var input = item.InputBytes;
        await CheckAsync(item, transport, [input]);
        if (input.Length <= MaxByteByByte)
        {
            await CheckAsync(item, transport, input.Select(b => new[] { b }));
        }

        for (var i = 1; i <= Splits; i++)
        {
            var split = input.Length * i / (Splits + 1);
            await CheckAsync(item, transport, [input[..split], input[split..]]);
        }
    }

    private async Task CheckAsync(ConformanceCase item, TestTransport transport, IEnumerable<byte[]> writes) =>
        Assert.Equal(
            item.ExpectedOutput,
            ConformanceCase.Normalise(await hosts.ConverseAsync(item.Profile, transport, writes)),
            ignoreLineEndingDifferences: false);
}
