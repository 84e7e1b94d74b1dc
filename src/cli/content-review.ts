// npm run content:review: prints the lawyer's page and the city's page.

import { loadEnvFile, readConfig } from '../config.ts'
import { loadContent } from '../content/load.ts'
import { cityPage, lawyerPage } from '../content/review.ts'

loadEnvFile()
const { content, facts } = await loadContent(readConfig().contentDir)
console.log(lawyerPage(content, facts))
console.log(cityPage(content, facts))
