using System.Text.Json;
using Lmtp.Admin.Components.Status;

namespace Lmtp.Tests.Unit.Admin;

public sealed class EffectiveSettingTests
{
    [Fact]
    public void Settings_have_the_keys_that_configuration_files_have()
    {
        var settings = EffectiveSetting.Of(new Dictionary<string, JsonElement>
        {
            ["Lmtp:Api"] = JsonElement.Parse("""{"key":"***","networks":["10.0.0.0/8","::1/128"],"sockets":[],"limits":{"maxItems":5},"file":null}"""),
        });

        Assert.Equal(
            [
                new("Lmtp:Api:File", ""), new("Lmtp:Api:Key", "***"), new("Lmtp:Api:Limits:MaxItems", "5"), new("Lmtp:Api:Networks:0", "10.0.0.0/8"),
                new("Lmtp:Api:Networks:1", "::1/128"), new("Lmtp:Api:Sockets", ""),
            ],
            settings);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3_600 + 120, "1 h 2 min")]
    [InlineData(47 * 3_600, "47 h 0 min")]
    [InlineData((48 * 3_600) + 7_200, "2 d 2 h")]
    [InlineData(-5, "0 s")]
    public void Elapsed_time_is_told_by_its_largest_units(int seconds, string text) =>
        Assert.Equal(text, ElapsedTime.Format(TimeSpan.FromSeconds(seconds)));
}
