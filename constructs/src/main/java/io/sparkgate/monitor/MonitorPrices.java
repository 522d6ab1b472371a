package io.sparkgate.monitor;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import io.sparkgate.spark.CpuArchitecture;
import java.util.List;
import software.amazon.awscdk.services.emrserverless.CfnApplication;

/** By what a monitor estimates dollars, and how far that is from the truth. */
final class MonitorPrices {

  private static final String ID = "pricesOfElsewhere";

  private MonitorPrices() {}

  static Prices of(MonitorSetters<?> props, List<IEmrServerlessApplication> group) {
    return props.prices != null ? props.prices : Prices.listed(region(group), architecture(group));
  }

  /** Dollars that are of elsewhere are said beforehand, and louder where they end something. */
  static void check(
      Findings findings, MonitorSetters<?> props, List<IEmrServerlessApplication> all) {
    if (props.prices != null || Prices.areListed(region(all), architecture(all))) {
      return;
    }
    String region = region(all);
    boolean known = !Tokens.isUnresolved(region);
    String says =
        """
        dollars are estimated by prices of another Region or processor (%s), because those of %s \
        on %s are not known here; give your own by prices(Prices.of(…)), in cdk.json prices"""
            .formatted(
                of(props, all).getSource(),
                known ? region : "a Region known at deployment only",
                architecture(all));
    if (known && props.ownerLimits.haveBudget() && props.ownerLimits.end()) {
      findings.warn(ID, says + "; sessions end by dailyBudget");
    } else {
      findings.info(ID, says);
    }
  }

  private static String region(List<IEmrServerlessApplication> applications) {
    return Place.of(applications.get(0)).region();
  }

  /** Of what is made here it is known; an import is taken for the service's default. */
  private static CpuArchitecture architecture(List<IEmrServerlessApplication> applications) {
    return applications.stream()
            .map(application -> application.getNode().getDefaultChild())
            .anyMatch(
                child ->
                    child instanceof CfnApplication made
                        && CpuArchitecture.ARM64.name().equals(made.getArchitecture()))
        ? CpuArchitecture.ARM64
        : CpuArchitecture.X86_64;
  }
}
