using System.ComponentModel.DataAnnotations;
using Lmtp.Server.Delivery.Records;

namespace Lmtp.Tests.Unit.Delivery.Records;

public sealed class DeliveryLogOptionsTests
{
    [Fact]
    public void Defaults_are_valid_and_keep_thirty_days_without_subjects()
    {
        var options = new DeliveryLogOptions();
        Assert.Empty(Faults(options));
        Assert.Equal((true, 30, false), (options.Enabled, options.Retention.TotalDays, options.IncludeSubject));
    }

    [Theory]
    [InlineData(59, 1, 1, 0, 0, nameof(DeliveryLogOptions.Retention))]
    [InlineData(315_360_001, 1, 1, 0, 0, nameof(DeliveryLogOptions.Retention))]
    [InlineData(60, 0, 1, 0, 0, nameof(DeliveryLogOptions.Capacity))]
    [InlineData(60, 1_000_001, 1, 0, 0, nameof(DeliveryLogOptions.Capacity))]
    [InlineData(60, 1, 0, 0, 0, nameof(DeliveryLogOptions.BatchSize))]
    [InlineData(60, 1, 10_001, 0, 0, nameof(DeliveryLogOptions.BatchSize))]
    [InlineData(60, 1, 1, 61, 0, nameof(DeliveryLogOptions.FlushInterval))]
    [InlineData(60, 1, 1, 0, 61, nameof(DeliveryLogOptions.StopTimeout))]
    [InlineData(60, 1, 1, 0, 0, null)]
    [InlineData(315_360_000, 1_000_000, 10_000, 60, 60, null)]
    public void Every_setting_has_both_its_limits(
        int retentionSeconds, int capacity, int batchSize, int flushSeconds, int stopSeconds, string? fault)
    {
        var faults = Faults(new DeliveryLogOptions
        {
            Retention = TimeSpan.FromSeconds(retentionSeconds),
            Capacity = capacity,
            BatchSize = batchSize,
            FlushInterval = TimeSpan.FromSeconds(flushSeconds),
            StopTimeout = TimeSpan.FromSeconds(stopSeconds),
        });
        Assert.Equal(fault is null ? [] : [fault], faults.SelectMany(result => result.MemberNames));
    }

    private static List<ValidationResult> Faults(DeliveryLogOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults;
    }
}
