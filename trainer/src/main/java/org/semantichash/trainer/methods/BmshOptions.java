/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.methods;

import java.util.Map;
import java.util.TreeMap;

/**
 * What BMSH is given.
 *
 * @param components K, the number of components of the prior; 1 is NASH's prior
 * @param klWeight weight of the divergences once they are warmed up. The papers count words, whose
 *     number a document is tens to hundreds; L2-normed TF-IDF weights sum to about 7, so 1 would
 *     drown the reconstruction
 * @param klWarmup steps over which the weight grows from 0
 * @param noise whether noise whose variance depends on the component is added to the bits before
 *     the decoder sees them
 */
public record BmshOptions(int components, double klWeight, int klWarmup, boolean noise) {

  /** The defaults. */
  public static final BmshOptions DEFAULTS = new BmshOptions(20, 0.02, 1000, true);

  /** Checks every value. */
  public BmshOptions {
    require(components >= 1, "components", "at least [1]", components);
    require(klWeight >= 0 && klWeight <= 1, "kl_weight", "in [0, 1]", klWeight);
    require(klWarmup >= 0, "kl_warmup", "[0] or more", klWarmup);
  }

  private static void require(boolean condition, String name, String rule, Number value) {
    if (condition == false) {
      throw new IllegalArgumentException(
          "[" + name + "] must be " + rule + ", got [" + value + "]");
    }
  }

  /** The weight of the divergences at a step. */
  float klWeightAt(long step) {
    return (float) (step >= klWarmup ? klWeight : klWeight * step / klWarmup);
  }

  Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("components", Integer.toString(components));
    properties.put("kl_weight", Double.toString(klWeight));
    properties.put("kl_warmup", Integer.toString(klWarmup));
    properties.put("noise", Boolean.toString(noise));
    return properties;
  }
}
