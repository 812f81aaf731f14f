using System.Reflection;
using System.Text.Json;
using Lmtp.Admin.Components.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Tests.Unit.Admin;

public sealed class LimitTextTests
{
    /// <summary>Every limit that the server can write into the delivery log.</summary>
    public static TheoryData<string> Names() =>
    [
        .. typeof(RateLimit).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(RateLimit)))
            .Select(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name)),
        .. typeof(LimitReading).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Limit_of_the_log_has_a_text_of_its_own(string name)
    {
        Assert.NotNull(Lmtp.Admin.Resources.Texts.ResourceManager.GetString($"Limit_{name}", System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain('_', LimitText.Name(name));
    }

    [Fact]
    public void Limit_that_is_not_known_is_called_by_its_name_in_words() => Assert.Equal("Moon phases", LimitText.Name("moon_phases"));

    [Theory]
    [InlineData("{forward}", 1, "forward")]
    [InlineData("{reply}", 2, "replies")]
    [InlineData("{message}", 2, "messages")]
    public void Unit_is_written_as_people_say_it(string unit, long count, string expected) => Assert.Equal(expected, LimitText.UnitName(unit, count));
}
