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

/**
 * NASH (Shen et al. 2018), as the case of {@link Bmsh} with one component: the prior of every bit
 * is then Bernoulli(1/2). Its data-dependent noise is one variance a bit instead of a function of
 * the document.
 */
final class Nash {

  static final String NAME = "nash";

  private Nash() {}

  static HashingMethod with(BmshOptions options) {
    return new Bmsh(
        NAME, new BmshOptions(1, options.klWeight(), options.klWarmup(), options.noise()));
  }
}
