using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One logger for what each resource writes.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, ILogger> _create;

    internal ResourceLoggerService(ILoggerFactory loggers, string applicationName) =>
        _create = name => loggers.CreateLogger($"{applicationName}.Resources.{name}");

    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return GetLogger(resource.Name);
    }

    public ILogger GetLogger(string resourceName) => _loggers.GetOrAdd(resourceName, _create);
}
