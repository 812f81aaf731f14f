using MongoDB.Driver.Core.Events;

namespace MongoDB.Driver.Core.Configuration;

/// <summary>Mirrors MongoDB.Driver.Core.Configuration.ClusterBuilder as far as subscribing to command events goes.</summary>
public class ClusterBuilder
{
    private Action<CommandStartedEvent> _started;
    private Action<CommandSucceededEvent> _succeeded;
    private Action<CommandFailedEvent> _failed;

    public ClusterBuilder Subscribe<TEvent>(Action<TEvent> handler)
    {
        switch (handler)
        {
            case Action<CommandStartedEvent> started:
                _started += started;
                break;
            case Action<CommandSucceededEvent> succeeded:
                _succeeded += succeeded;
                break;
            case Action<CommandFailedEvent> failed:
                _failed += failed;
                break;
        }

        return this;
    }

    internal bool HasSubscribers => _started is not null || _succeeded is not null || _failed is not null;

    internal void Publish(CommandStartedEvent started) => _started?.Invoke(started);

    internal void Publish(CommandSucceededEvent succeeded) => _succeeded?.Invoke(succeeded);

    internal void Publish(CommandFailedEvent failed) => _failed?.Invoke(failed);
}
