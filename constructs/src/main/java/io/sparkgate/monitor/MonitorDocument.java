package io.sparkgate.monitor;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.Configuration;
import io.sparkgate.internal.Minutes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a monitor's function is told, but for what only a watcher knows. */
final class MonitorDocument {

  private MonitorDocument() {}

  static Map<String, Object> of(
      MonitorSetters<?> props,
      List<IEmrServerlessApplication> group,
      String eventBus,
      Optional<UsageStore> usage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        Configuration.APPLICATIONS,
        group.stream().map(IEmrServerlessApplication::getApplicationId).toList());
    json.put(Configuration.EVERY, Minutes.minutes(props.every));
    json.put(Configuration.KEEP_TAG, SessionTags.KEEP_UNTIL);
    json.put(Configuration.WARN_MINUTES, Minutes.minutes(props.warnBefore));
    usage.ifPresent(store -> json.put(Configuration.USAGE, store.toConfiguration()));
    json.put(Configuration.EVENT_BUS, eventBus);
    if (props.parameterPrefix != null) {
      json.put(Configuration.PARAMETER_PREFIX, props.parameterPrefix);
    }
    json.put(Configuration.PRICES, prices(props, group));
    if (props.ownerLimits.areOn()) {
      Map<String, Object> owners = new LinkedHashMap<>(props.ownerLimits.toConfiguration());
      owners.put(Configuration.WARN_MINUTES, Minutes.minutes(props.warnBefore));
      json.put(Configuration.OWNERS, owners);
    }
    json.put(Configuration.MOST_OWNERS, props.mostOwners);
    return json;
  }

  private static Map<String, Object> prices(
      MonitorSetters<?> props, List<IEmrServerlessApplication> group) {
    Prices prices = MonitorPrices.of(props, group);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Configuration.VCPU_HOUR, prices.getVcpuHour());
    json.put(Configuration.MEMORY_GB_HOUR, prices.getMemoryGbHour());
    json.put(Configuration.STORAGE_GB_HOUR, prices.getStorageGbHour());
    json.put(Configuration.SOURCE, prices.getSource());
    return json;
  }
}
