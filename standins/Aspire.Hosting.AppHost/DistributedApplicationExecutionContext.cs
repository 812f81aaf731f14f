namespace Aspire.Hosting;

public enum DistributedApplicationOperation
{
    Run = 0,
    Publish = 1,
}

/// <summary>What the application is built for: to be run, or to be described.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    private IServiceProvider? _services;

    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    public string PublisherName { get; set; } = string.Empty;

    /// <exception cref="InvalidOperationException">The application has not been built yet.</exception>
    public IServiceProvider Services
    {
        get => _services ?? throw new InvalidOperationException("The services are available only after the application has been built.");
        internal set => _services = value;
    }
}
