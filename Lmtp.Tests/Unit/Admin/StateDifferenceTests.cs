using System.Text.Json;
using Lmtp.Admin.Components.Audit;

namespace Lmtp.Tests.Unit.Admin;

public sealed class StateDifferenceTests
{
    [Fact]
    public void Fields_are_compared_by_their_paths()
    {
        var before = JsonElement.Parse("""{"name":"old","quota":5,"tags":["a","b"],"inner":{"x":true,"gone":1},"empty":null}""");
        var after = JsonElement.Parse("""{"name":"new","quota":5,"tags":["a"],"inner":{"x":true},"list":[{"y":1}],"empty":null}""");

        var differences = StateDifference.Of(before, after);

        Assert.Equal(
            [
                new FieldDifference("name", "old", "new"), new FieldDifference("quota", "5", "5"), new FieldDifference("tags", "a, b", "a"),
                new FieldDifference("inner.x", "true", "true"), new FieldDifference("list[0].y", null, "1"), new FieldDifference("empty", null, null),
                new FieldDifference("inner.gone", "1", null),
            ],
            differences);
        Assert.Equal(["name", "tags", "list[0].y", "inner.gone"], differences.Where(row => row.IsChange).Select(row => row.Field));
    }

    [Fact]
    public void What_was_made_or_deleted_has_one_side_only()
    {
        var state = JsonElement.Parse("""{"name":"x"}""");

        Assert.Equal([new FieldDifference("name", null, "x")], StateDifference.Of(null, state));
        Assert.Equal([new FieldDifference("name", "x", null)], StateDifference.Of(state, null));
        Assert.Empty(StateDifference.Of(null, null));
    }
}
