using System.Globalization;
using System.Text;

using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>Parameters of header values, many of them, and those that come in pieces.</summary>
public sealed class ParameterTests
{
    private const int Many = 700;

    [Fact]
    public void Of_pieces_with_one_index_the_last_one_counts_in_whatever_order_they_come()
    {
        var random = new Random(7);
        var header = new StringBuilder("text/plain");
        var last = new int[Many];
        for (var piece = 0; piece < Many * 4; piece++)
        {
            var index = piece < Many ? Many - 1 - piece : random.Next(Many);
            last[index] = piece;
            header.Append(CultureInfo.InvariantCulture, $"; p*{index}=<{piece}>");
        }

        var parameters = ParameterizedValue.Parse(header.ToString()).Parameters;

        Assert.Equal(1, parameters.Count);
        Assert.True(parameters.TryGetText("p", out var value));
        Assert.Equal($"=?UTF-8?Q?{string.Concat(last.Select(static piece => $"<{piece}>"))}?=", value.ToString());
    }

    [Fact]
    public void A_parameter_that_comes_again_keeps_its_place_and_takes_the_last_value()
    {
        var header = new StringBuilder("text/plain");
        for (var round = 0; round < 3; round++)
        {
            for (var number = 0; number < Many; number++)
            {
                header.Append(CultureInfo.InvariantCulture, $"; N{number}=\"{new string('x', ((number + round) * 7) % 11)}\"");
            }
        }

        var found = new List<string>();
        foreach (var (name, value) in ParameterizedValue.Parse(header.ToString()).Parameters)
        {
            found.Add($"{name}={value.Length}");
        }

        Assert.Equal(Enumerable.Range(0, Many).Select(static number => $"n{number}={((number + 2) * 7) % 11}"), found);
    }
}
