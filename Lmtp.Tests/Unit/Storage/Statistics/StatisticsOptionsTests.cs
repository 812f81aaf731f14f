using System.ComponentModel.DataAnnotations;
using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Tests.Unit.Storage.Statistics;

public sealed class StatisticsOptionsTests
{
    public static TheoryData<string, object, object> Bounds() => new()
    {
        { nameof(StatisticsOptions.FlushInterval), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1) },
        { nameof(StatisticsOptions.MinuteRetention), TimeSpan.FromHours(1), TimeSpan.FromDays(31) },
        { nameof(StatisticsOptions.HourRetention), TimeSpan.FromDays(1), TimeSpan.FromDays(3650) },
        { nameof(StatisticsOptions.MaxDomains), 1, 1000 },
        { nameof(StatisticsOptions.StorageInterval), TimeSpan.FromSeconds(10), TimeSpan.FromDays(1) },
        { nameof(StatisticsOptions.StopTimeout), TimeSpan.Zero, TimeSpan.FromMinutes(1) },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Bounds_are_allowed_and_what_is_beyond_is_not(string setting, object lowest, object highest)
    {
        Assert.True(IsValid(setting, lowest));
        Assert.True(IsValid(setting, highest));
        Assert.False(IsValid(setting, lowest is TimeSpan low ? low - TimeSpan.FromTicks(1) : (int)lowest - 1));
        Assert.False(IsValid(setting, highest is TimeSpan high ? high + TimeSpan.FromTicks(1) : (int)highest + 1));
    }

    private static bool IsValid(string setting, object value)
    {
        var options = new StatisticsOptions();
        typeof(StatisticsOptions).GetProperty(setting)!.SetValue(options, value);
        return Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true);
    }
}
