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
/**
 * The published methods, one class each. A method builds its objective from the operations of the
 * engine; loop, evaluation and export are the same for all. Each says which paper and equations it
 * follows and where it deviates. Those with a variational lower bound share the parts of an
 * autoencoder and have just their equations to themselves.
 */
package org.semantichash.trainer.methods;
